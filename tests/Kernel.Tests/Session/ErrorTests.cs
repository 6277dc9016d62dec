namespace ConcurrencyLab.Tests.Session;

public sealed class ErrorTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task A_compile_error_quotes_the_line_with_a_caret()
    {
        var error = await _notebook.Fail("// a comment\nvar x = 1;\nvar y = cupz + x;");
        Assert.Equal("CompilationError", error.Name);
        Assert.Equal((3, 9), (error.Line, error.Column));
        Assert.Contains("CS0103", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["cell 1, line 3, column 9: error CS0103: The name 'cupz' does not exist in the current context", "    var y = cupz + x;", "            ^^^^"],
            error.Traceback);
    }

    [Fact]
    public async Task Line_numbers_count_magics_and_directives_too() =>
        Assert.Equal(3, (await _notebook.Fail("#!time\n#r \"System.Linq\"\nnope")).Line);

    [Fact]
    public async Task An_exception_shows_type_message_and_the_users_lines_only()
    {
        await _notebook.Succeed("int Brew(int order)\n{\n    if (order > 2)\n        throw new InvalidOperationException(\"too many\");\n    return order;\n}");
        var error = await _notebook.Fail("var first = Brew(1);\nvar all = new[] { 1, 3 }.Select(order => Brew(order)).ToList();");
        Assert.Equal(("InvalidOperationException", "too many", 2), (error.Name, error.Message, error.Line));
        Assert.Equal("InvalidOperationException: too many", error.Traceback[0]);
        Assert.Equal("  at cell 1, line 4 in Brew:", error.Traceback[1]);
        Assert.Equal("            throw new InvalidOperationException(\"too many\");", error.Traceback[2]);
        Assert.Contains("  called from cell 2, line 2 in a lambda:", error.Traceback);
        Assert.DoesNotContain(error.Traceback, line => line.Contains("ConcurrencyLab", StringComparison.Ordinal) || line.Contains("System.Linq", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_after_an_await_keeps_its_line()
    {
        var error = await _notebook.Fail("async Task Deep(int n)\n{\n    await Task.Delay(1);\n    if (n == 0) throw new TimeoutException(\"deep\");\n    await Deep(n - 1);\n}\nawait Deep(3);");
        Assert.Equal("TimeoutException", error.Name);
        Assert.Contains("  at cell 1, line 4 in Deep:", error.Traceback);
        Assert.Contains("  called from cell 1, line 7:", error.Traceback);
    }

    [Fact]
    public async Task An_aggregate_shows_each_inner_exception()
    {
        var error = await _notebook.Fail(
            "Task.WaitAll(Task.Run(() => throw new ArgumentException(\"one\")),\n    Task.Run(() => throw new TimeoutException(\"two\")));");
        Assert.Equal("AggregateException", error.Name);
        Assert.Contains("  inner exception 1 of 2:", error.Traceback);
        Assert.Contains("  ArgumentException: one", error.Traceback);
        Assert.Contains("  inner exception 2 of 2:", error.Traceback);
        Assert.Contains("  TimeoutException: two", error.Traceback);
        Assert.Contains("    at cell 1, line 2 in a lambda:", error.Traceback);
    }

    [Fact]
    public async Task Wrappers_are_taken_off()
    {
        var initialiser = await _notebook.Fail("class Broken { public static int Size = int.Parse(\"large\"); }\nBroken.Size");
        Assert.Equal("FormatException", initialiser.Name);
        var invoked = await _notebook.Fail("void Fail() => throw new TimeoutException(\"inside\");\nvar fail = Fail;\nfail.DynamicInvoke();");
        Assert.Equal(("TimeoutException", "inside"), (invoked.Name, invoked.Message));
    }

    [Fact]
    public async Task A_deep_recursion_is_cut()
    {
        var error = await _notebook.Fail("int Down(int n) => n == 0 ? throw new Exception(\"bottom\") : Down(n - 1) + n;\nDown(200)");
        Assert.True(error.Traceback.Count < 40, string.Join('\n', error.Traceback));
        Assert.Equal(1, error.Line);
    }

    [Theory]
    [InlineData("var thrown = new Exception();\nfor (var i = 0; i < 500; i++) thrown = new Exception(\"outer\", thrown);\nthrow thrown;")]
    [InlineData("var thrown = new Exception();\nfor (var i = 0; i < 500; i++) thrown = new Exception(\"outer\", new AggregateException(thrown));\nthrow thrown;")]
    [InlineData("throw new Exception(new string('x', 3_000_000));")]
    public async Task However_much_an_exception_has_to_say_it_is_cut(string code)
    {
        var error = await _notebook.Fail(code);
        Assert.InRange(error.Traceback.Sum(line => line.Length) + error.Message.Length, 10, 30_000);
    }

    [Fact]
    public async Task A_failing_formatter_is_the_cells_error_not_the_sessions()
    {
        var error = await _notebook.Fail("class Bad { public override string ToString() => throw new TimeoutException(\"no text\"); }\nFormatter.Register<Bad>(bad => bad.ToString(), \"text/html\");\nnew Bad()");
        Assert.Equal("TimeoutException", error.Name);
        await _notebook.Succeed("1 + 1");
    }
}
