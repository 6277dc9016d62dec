using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

public sealed class CompletionTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();
    private readonly Draft _draft;

    public CompletionTests() => _draft = new Draft(_notebook);

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task Names_of_earlier_cells_are_offered_first_and_with_their_declaration()
    {
        await _notebook.Succeed("var cups = 20;");
        await _notebook.Succeed("int Brew(int order) => order + cups;\nrecord Customer(string Name);");
        Assert.Equal(new Completion("cups", "variable", "int cups"), _draft.Complete("cu|").Items[0]);
        Assert.Equal(new Completion("Brew", "method", "int Brew(int order)"), _draft.Complete("1 + Bre|").Items[0]);
        Assert.Equal("Name", _draft.Names("new Customer(\"Ada\").Na|")[0]);
    }

    [Fact]
    public async Task The_latest_declaration_of_a_name_counts_and_what_was_made_of_older_ones_stays()
    {
        await _notebook.Succeed("using System.Threading;");
        await _notebook.Succeed("var cup = new Timer(_ => { });");
        await _notebook.Succeed("var older = cup;");
        await _notebook.Succeed("class Timer { public int Steeped; }");
        await _notebook.Succeed("var cup = new Timer(); cup");
        Assert.Equal(["Steeped"], _draft.Names("cup.Stee|"));
        Assert.Contains("Change", _draft.Names("older.|"));
        await _notebook.Succeed("var cup = \"text\"; // a comment at the end");
        Assert.Equal("Length", _draft.Names("cup.Leng|")[0]);
        await _notebook.Succeed("using System.Diagnostics;\nvar watch = Stopwatch.StartNew();");
        Assert.Contains("ElapsedMilliseconds", _draft.Names("watch.El|"));
        Assert.Contains("Stopwatch", _draft.Names("Stopw|"));
    }

    [Fact]
    public async Task A_chapters_library_is_offered_inside_the_arguments_of_a_call()
    {
        await _notebook.Succeed(Draft.Library(_notebook));
        var runs = _draft.Complete("var brewing = await Compare.Runs(\"x\", Run.|");
        Assert.Equal("As", runs.Items[0].Text);
        Assert.StartsWith("Run Run.As(string name, Action work", runs.Items[0].Signature, StringComparison.Ordinal);
        Assert.Contains("Sleep", _draft.Names("Compare.Runs(\"x\", Run.As(\"a\", () => Thread.|"));
        Assert.Contains("Length", _draft.Names("Compare.Runs(\"x\", Run.As(\"a\", () => new[] { \"a\" }.Select(order => order.|)))"));
    }

    [Fact]
    public async Task A_packages_names_are_offered()
    {
        await _notebook.Succeed("#r \"nuget: Markdig, 1.6.0\"");
        Assert.Contains("ToHtml", _draft.Names("Markdig.Markdown.ToH|"));
    }

    [Theory]
    [InlineData("\"\".Subs|", "Substring")]
    [InlineData("Enumerable.Range(1, 3).Wh|", "Where")]
    [InlineData("Console.WrL|", "WriteLine")]
    [InlineData("Parallel.FEAs|", "ForEachAsync")]
    [InlineData("new Lis|", "List")]
    [InlineData("Enumerable.Empty<StringBu|", "StringBuilder")]
    [InlineData("whi|", "while")]
    [InlineData("DayOfWeek day = |", "DayOfWeek")]
    [InlineData("string.Join(sep|", "separator:")]
    [InlineData("var s = \"\ud83d\ude00\"; s.Leng|", "Length")]
    [InlineData("$\"{Cons|}\"", "Console")]
    [InlineData("#!time\r\n#r \"nuget: Name, 1.2.3\"\r\nConsole.WriteL|", "WriteLine")]
    [InlineData("#!markdown\n# Title\n#!csharp\nConsole.WriteL|", "WriteLine")]
    [InlineData("#!ti|", "#!time")]
    public void What_is_most_likely_meant_stands_first(string code, string expected)
    {
        var names = _draft.Names(code);
        Assert.Equal(expected, names[0]);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task Names_in_the_typed_case_stand_before_others_and_beginnings_before_humps()
    {
        await _notebook.Succeed("var TotalCups = 1; var totalCups = 2; var cupsTotal = 3;");
        Assert.Equal(["totalCups", "TotalCups", "cupsTotal"], _draft.Names("total|").Take(3));
        Assert.Equal(["totalCups", "TotalCups"], _draft.Names("tcup|").Take(2));
    }

    [Theory]
    [InlineData("var text = \"Con|")]
    [InlineData("var text = \"Con|\";")]
    [InlineData("var text = $\"Con|{1}\";")]
    [InlineData("var text = $\"{1}Con|\";")]
    [InlineData("var text = @\"\nCon|\n\";")]
    [InlineData("var text = \"\"\"\n    Con|\n    \"\"\";")]
    [InlineData("var time = DateTime.Now.ToString(\"HH|\");")]
    [InlineData("var letter = 'C|';")]
    [InlineData("// Con|")]
    [InlineData("/* Con| */")]
    [InlineData("#!markdown\nCon|")]
    [InlineData("#r \"Con|\"")]
    [InlineData("#r |")]
    public void Nothing_is_offered_where_no_name_can_stand(string code) => Assert.Empty(_draft.Names(code));

    [Fact]
    public void A_name_is_replaced_as_a_whole()
    {
        var answer = _draft.Complete("1 + Math.Sq|rt(2)");
        Assert.Equal((9, 13), (answer.Start, answer.End));
        Assert.Equal(new Completion("Sqrt", "method", "double Math.Sqrt(double d)"), answer.Items[0]);
    }

    [Fact]
    public async Task The_classes_that_the_compiler_makes_of_cells_are_not_offered()
    {
        await _notebook.Succeed("var cups = 20;");
        Assert.DoesNotContain(_draft.Names("|"), name => name.StartsWith("Cell_", StringComparison.Ordinal) || name.StartsWith("Draft_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_cells_are_few_scripts_to_the_compiler_and_all_their_names_are_offered()
    {
        // To list names the compiler looks for each in every script: with a thousand of them an answer took 4.5 s.
        const int Cells = 140;
        for (var cell = 1; cell <= Cells; cell++) await _notebook.Succeed($"var cup{cell} = {cell}; int Brew{cell}(int order) => order + cup{cell};\ncup{cell}");
        Assert.Equal(Cells, _draft.Names("cup|").Length);
        var document = new DraftWorkspace(_notebook.Chain).Open("cup", TestContext.Current.CancellationToken);
        Assert.InRange(document.Project.Solution.ProjectIds.Count, 2, 4);
    }
}
