using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Language;

namespace ConcurrencyLab.Tests.Session;

/// <summary><c>using</c> and <c>await using</c> declarations that stand in no block: disposed of when the session ends, or when their cell runs again.</summary>
public sealed class UsingTests : IAsyncLifetime
{
    private readonly List<string> _log = [];
    private TestNotebook _notebook = new();

    /// <summary>The cells' classes write to a list of this test's, which is there when their session has ended.</summary>
    public async ValueTask InitializeAsync()
    {
        AppDomain.CurrentDomain.SetData(nameof(UsingTests), _log);
        await _notebook.Succeed($$"""
            var log = (List<string>)AppDomain.CurrentDomain.GetData("{{nameof(UsingTests)}}");
            class Door(string name, List<string> log) : IDisposable, IAsyncDisposable
            {
                public string Name => name;
                public void Dispose() => log.Add("closed " + name);
                public async ValueTask DisposeAsync() { await Task.Delay(1); log.Add("slowly closed " + name); }
            }
            """);
    }

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task The_variable_is_there_for_later_cells_and_disposed_of_at_the_sessions_end_newest_first()
    {
        await _notebook.Succeed("using System.Threading;");
        await _notebook.Succeed("using var front = new Door(\"front\", log);");
        await _notebook.Succeed("using System.IO;\nawait using var back = new Door(\"back\", log); using Door side = new(\"side\", log), cellar = new(\"cellar\", log);");
        Assert.Equal("front back side cellar", (await _notebook.Succeed("$\"{front.Name} {back.Name} {side.Name} {cellar.Name}\"")).PlainValue);
        Assert.Empty(_log);
        await EndSession();
        Assert.Equal(["closed cellar", "closed side", "slowly closed back", "closed front"], _log);
    }

    [Fact]
    public async Task A_cell_that_runs_again_first_disposes_of_what_it_declared_before()
    {
        for (var run = 1; run <= 3; run++) await _notebook.Succeed($"using var door = new Door(\"{run}\", log); log.Add(\"opened {run}\");");
        Assert.Equal(["opened 1", "closed 1", "opened 2", "closed 2", "opened 3"], _log);
        await EndSession();
        Assert.Equal("closed 3", _log[^1]);
        Assert.Equal(6, _log.Count);
    }

    [Fact]
    public async Task What_a_failed_cell_had_opened_stays_and_what_it_had_not_is_left_alone()
    {
        await _notebook.Fail("using var first = new Door(\"first\", log);\nusing var second = new Door(int.Parse(\"second\").ToString(), log);");
        Assert.Equal("first", (await _notebook.Succeed("first.Name")).PlainValue);
        await EndSession();
        Assert.Equal(["closed first"], _log);
    }

    [Fact]
    public async Task A_disposal_that_throws_is_said_and_keeps_nothing_else_open()
    {
        await _notebook.Succeed("using var good = new Door(\"good\", log);");
        var bad = await _notebook.Succeed("class Bad : IDisposable { public void Dispose() => throw new TimeoutException(\"stuck\"); }\nusing var bad = new Bad();");
        await EndSession();
        Assert.Equal(["closed good"], _log);
        Assert.Equal("[using bad: TimeoutException: stuck]\n", bad.StandardError);
    }

    [Theory]
    [InlineData("var one = 1;\n  using var number = 42;", "error CS1674: 'int': type used in a using statement must implement 'System.IDisposable'.")]
    [InlineData("\n  using var wait = Task.Delay(1).GetAwaiter();", "error CS1674: 'TaskAwaiter': type used")]
    [InlineData("class Late : IAsyncDisposable { public ValueTask DisposeAsync() => default; }\n  using var late = new Late();", "Did you mean 'await using' rather than 'using'?")]
    [InlineData("\n  await using var stream = new System.Threading.Timer(_ => { }, null, 0, 0); await using var text = new System.IO.StringReader(\"\");", "error CS8410: 'StringReader'")]
    public async Task What_cannot_be_disposed_of_is_the_compilers_error(string source, string message)
    {
        var error = await _notebook.Fail(source);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
    }

    [Fact]
    public async Task Lines_columns_usings_and_blocks_are_as_ever()
    {
        var error = await _notebook.Fail("using var door = new Door(\"x\", log); nothing");
        Assert.Equal((1, 38), (error.Line, error.Column));
        await _notebook.Succeed("using (new Door(\"statement\", log)) { } void Inner() { using var door = new Door(\"inner\", log); } Inner();");
        Assert.Equal(["closed statement", "closed inner"], _log);
        Assert.Equal("a using var x = 1;", (await _notebook.Succeed("using T = System.Text.StringBuilder;\nnew T(\"a\").Append(\" using var x = 1;\").ToString()")).PlainValue);
    }

    [Fact]
    public async Task The_librarys_own_example_runs_and_its_names_are_completed()
    {
        await _notebook.Succeed(Draft.Library(_notebook));
        var draft = new Draft(_notebook);
        Assert.Contains("OrderAsync", draft.Names("using var shop = CoffeeShop.Open();\nshop.Ord|"));
        Assert.Equal("complete", new CodeAssistant(new SubmissionChain()).StatusOf("using var shop = CoffeeShop.Open();"));
        await _notebook.Succeed("""
            using var shop = CoffeeShop.Open();
            foreach (var order in shop.Orders(2)) shop.Order(order);
            await Task.WhenAll(shop.Orders(2).Select(shop.OrderAsync));
            """);
        Assert.Contains("OrderAsync", draft.Names("shop.Ord|"));
    }

    private async Task EndSession()
    {
        await _notebook.DisposeAsync();
        _notebook = new TestNotebook();
    }
}
