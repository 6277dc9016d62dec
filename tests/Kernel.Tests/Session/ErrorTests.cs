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

    [Theory]
    [InlineData("using NetMQ;")]
    [InlineData("var shop = CoffeeShop.Open();")]
    [InlineData("async Task<Cup> Brew() => null;")]
    public async Task A_type_of_a_library_that_no_cell_has_loaded_points_to_the_first_cell(string source)
    {
        const string Hint = "No cell has loaded a library (#r) so far: where the notebook's first cell does, run that first.";
        Assert.Equal(Hint, (await _notebook.Fail(source)).Traceback[^1]);
        await _notebook.Succeed($"#r \"{typeof(Assert).Assembly.Location}\"");
        Assert.DoesNotContain(Hint, (await _notebook.Fail(source)).Traceback);
    }

    [Theory]
    [InlineData("var cup = 1; var cup = 2;", "error CS0102: Cell 3 already contains a definition for 'cup'")]
    [InlineData("int Size() => 1;\n#!csharp\nint Pour() => 1; int Pour() => 2;", "error CS0111: Cell 3 already defines a member called 'Pour' with the same parameter types")]
    public async Task A_compile_error_calls_the_cell_by_its_number(string source, string message)
    {
        await _notebook.Succeed("1");
        await _notebook.Succeed("// nothing");
        Assert.Equal(message, (await _notebook.Fail(source)).Message);
    }

    [Fact]
    public async Task A_type_of_a_cell_is_called_by_the_number_of_the_cell()
    {
        await _notebook.Succeed("#!time\nclass Cup { }\n#!csharp\nobject one = new Cup();");
        await _notebook.Succeed("class Cup { }\nvar two = 2;");
        Assert.Equal("Cell_1+Cup Cell_2+Cup", (await _notebook.Succeed("$\"{one} {new Cup()}\"")).PlainValue);
        Assert.Equal("2", (await _notebook.Succeed("two")).PlainValue);
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

    [Theory]
    [InlineData("throw new OperationCanceledException(\"the customer went home\");", "OperationCanceledException", "the customer went home")]
    [InlineData("new CancellationToken(true).ThrowIfCancellationRequested();", "OperationCanceledException", "The operation was canceled.")]
    [InlineData("await Task.Delay(1000, new CancellationToken(true));", "TaskCanceledException", "A task was canceled.")]
    [InlineData("Task.Delay(1000, new CancellationToken(true)).GetAwaiter().GetResult();", "TaskCanceledException", "A task was canceled.")]
    [InlineData("await Task.Run(() => throw new TaskCanceledException(\"closing time\"));", "TaskCanceledException", "closing time")]
    [InlineData("async Task Serve() { await Task.Yield(); throw new OperationCanceledException(\"sold out\"); } await Serve();", "OperationCanceledException", "sold out")]
    [InlineData("await Parallel.ForEachAsync(new[] { 1 }, async (item, token) => throw new OperationCanceledException(\"one\"));", "OperationCanceledException", "one")]
    [InlineData("await new System.Net.Http.HttpClient(new Slow()) { Timeout = TimeSpan.FromMilliseconds(20) }.GetAsync(\"http://shop/\");", "TaskCanceledException", "The request was canceled due to the configured HttpClient.Timeout of 0.02 seconds elapsing.")]
    public async Task Cancellation_keeps_type_message_and_line(string source, string name, string message)
    {
        await _notebook.Succeed("""
            using System.Threading;
            class Slow : System.Net.Http.HttpMessageHandler
            {
                protected override async Task<System.Net.Http.HttpResponseMessage> SendAsync(System.Net.Http.HttpRequestMessage request, CancellationToken token)
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return null;
                }
            }
            """);
        var error = await _notebook.Fail("Console.WriteLine(\"open\");\n" + source);
        Assert.Equal((name, message, 2), (error.Name, error.Message, error.Line));
        Assert.Contains("    " + source, error.Traceback);
    }

    [Theory]
    [InlineData("throw new TimeoutException(\"never\")", "(no message: its Message threw TimeoutException)")]
    [InlineData("throw new Broken()", "(no message: its Message threw Broken)")]
    [InlineData("null", "")]
    public async Task An_exception_that_cannot_say_its_message_is_told_by_its_type_and_line(string body, string message)
    {
        await _notebook.Succeed($"class Broken : Exception {{ public override string Message => {body}; }}");
        foreach (var source in (string[])["throw new Broken();", "await Task.Run(() => throw new Broken());", "throw new Exception(\"outer\", new Broken());", "throw new AggregateException(new Broken());"])
        {
            var error = await _notebook.Fail("var x = 1;\n" + source);
            Assert.Equal(2, error.Line);
            Assert.Contains(error.Traceback, line => line.Contains("Broken: " + message, StringComparison.Ordinal));
        }

        Assert.Equal(message, (await _notebook.Fail("throw new Broken();")).Message);
    }
}
