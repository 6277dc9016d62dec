namespace ConcurrencyLab.Tests;

/// <summary>What the library asks the notebook's Python and makes of its replies; no Python is needed for it.</summary>
[Collection(Alone.Name)]
public sealed class PythonCellTests : IDisposable
{
    private static readonly MeasureOptions Once = new() { MinRepeats = 1, MaxRepeats = 1, Settle = TimeSpan.Zero };
    private readonly Notebooks _notebooks = new();

    public PythonCellTests() => Directory.SetCurrentDirectory(_notebooks.Scratch);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _notebooks.Dispose();

    [Fact]
    public async Task A_function_of_a_cell_is_called_with_its_arguments_by_name()
    {
        using var host = new CellHost(CellHost.Reply(6));

        var comparison = await Compare.Runs("cells", Once, Run.Python("Python threads", "serve", new { orders = new long[] { 1, 2, 3 }, big_cups = true, name = (string?)null, cup = new { Size = 2.5 } }));

        Assert.Equal("start", host.Asked[0]["request"]!.GetValue<string>());
        Assert.Equal(
            """{"request":"call","interpreter":null,"function":"serve","arguments":{"orders":[1,2,3],"big_cups":true,"cup":{"size":2.5}},"id":"Python threads"}""",
            host.Asked[^1].ToJsonString());
        // Once to warm up, once measured.
        Assert.Equal(2, host.Calls.Count());
        Assert.Equal("Python 3.14.2", comparison["Python threads"].Language);
    }

    [Fact]
    public async Task Its_time_processor_answer_and_spans_stand_beside_those_of_csharp()
    {
        object?[] spans = [new object[] { "thread 1", "a", 0.0, 0.1, "blocked" }, new object[] { "thread 2", "b", 0.05, 0.25, "running" }, new object[] { "thread 1", "c", 0.1, 0.2, "waiting" }];
        using var host = new CellHost(CellHost.Reply(new[] { 1.5, 2 }, spans: spans));

        var comparison = await Compare.Runs("cells", Once, Run.As("sequential", () => new[] { 1.5, 2 }), Run.Python("Python threads", "serve"));

        var python = comparison["Python threads"];
        Assert.Equal((250, 125, Agreement.Same), (python.Wall.Median, python.CpuTime.Median, python.Agreement));
        Assert.Equal(2, python.ThreadsAtWork);
        Assert.Equal([SpanKind.WaitingOnThread, SpanKind.Running, SpanKind.Waiting], python.Timeline!.Spans.Select(span => span.Kind));
        Assert.Equal(["thread 1", "thread 2"], python.Timeline.Lanes.Select(lane => lane.Name));
        Assert.Equal("Python threads", python.ComparedTo);
    }

    [Fact]
    public async Task Another_interpreter_is_asked_for_by_its_path()
    {
        using var host = new CellHost(CellHost.Reply(1));

        await Python.Run<int>("serve", interpreter: new Python("/opt/python3.14t", "Python 3.14.2, free-threaded", HasGil: false), cancel: Cancel);

        Assert.All(host.Asked, request => Assert.Equal("/opt/python3.14t", request["interpreter"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_python_says_of_an_error_is_all_that_the_failed_run_says()
    {
        using var host = new CellHost(new { error = "NameError: there is no function serv; Python cells have defined: serve" });

        var comparison = await Compare.Runs("cells", Once, Run.As("sequential", () => 1), Run.Python("Python", "serv"));

        Assert.True(comparison["sequential"].Succeeded);
        Assert.Equal("NameError: there is no function serv; Python cells have defined: serve", comparison["Python"].Failure);
        Assert.StartsWith("NameError", (await Assert.ThrowsAsync<PythonException>(() => Python.Run<int>("serv", cancel: Cancel))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_python_its_saved_figures_stand_in_and_only_those_of_the_same_arguments()
    {
        Environment.SetEnvironmentVariable(SavedFigures.Variable, "1");
        try
        {
            using var host = new CellHost(CellHost.Reply(42, wall: 0.5));
            await Compare.Runs("cells", Once, Run.Python("Python", "serve", new { count = 20, url = "http://127.0.0.1:1111/coffee" }));
        }
        finally
        {
            Environment.SetEnvironmentVariable(SavedFigures.Variable, null);
        }

        using var none = new CellHost((_, _) => Task.FromResult<object>(new { missing = "No Python 3 found: install one." }));
        var comparison = await Compare.Runs("cells", Once,
            Run.As("sequential", () => 42),
            Run.Python("Python", "serve", new { count = 20, url = "http://127.0.0.1:2222/coffee" }),
            Run.Python("Python, more", "serve", new { count = 21 }));

        var python = comparison["Python"];
        Assert.Equal((500, Agreement.Same, "Python 3.14.2", Machine.Here.Cores), (python.Wall.Median, python.Agreement, python.Language, python.SavedFrom!.Cores));
        Assert.Equal("No Python 3 found: install one.", comparison["Python, more"].Failure);
        var answer = await Python.Run<int>("serve", new { count = 20, url = "http://127.0.0.1:3333/coffee" }, cancel: Cancel);
        Assert.Equal((42, " (saved)"), (answer.Value, answer.Note));
        Assert.Empty(none.Calls);
    }

    [Fact]
    public async Task Stopping_a_measurement_is_heard_by_the_function()
    {
        var called = new TaskCompletionSource();
        var heard = new TaskCompletionSource();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var host = new CellHost(async (request, cancel) =>
        {
            if (request["request"]!.GetValue<string>() == "start") return new { version = "Python 3.14.2" };
            called.SetResult();
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => heard.SetResult(), Cancel, TaskContinuationOptions.None, TaskScheduler.Default);
            throw new OperationCanceledException(cancel);
        });

        var measuring = Compare.Runs("endless", Once with { Cancel = stop.Token }, Run.Python("Python", "serve"));
        await called.Task.WaitAsync(Cancel);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        await heard.Task.WaitAsync(Cancel);
    }

    [Fact]
    public async Task Outside_of_a_notebook_is_said_with_what_to_do()
    {
        var error = await Assert.ThrowsAsync<PythonException>(() => Python.Run<int>("serve", cancel: Cancel));

        Assert.StartsWith("There are no Python cells here: open the notebook", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_shape_or_no_reply_at_all_is_named()
    {
        using (new CellHost(CellHost.Reply("many")))
        {
            Assert.StartsWith("Python's answer is no Int32", (await Assert.ThrowsAsync<PythonException>(() => Python.Run<int>("serve", cancel: Cancel))).Message, StringComparison.Ordinal);
        }

        using (new CellHost("hello"))
        {
            Assert.Equal("The notebook's Python said \"\"hello\"\" where a reply was expected.", (await Assert.ThrowsAsync<PythonException>(() => Python.Run<int>("serve", cancel: Cancel))).Message);
        }
    }

    [Theory]
    [InlineData("2 + 2")]
    [InlineData("serve()")]
    [InlineData("orders-threads")]
    [InlineData("serve.")]
    public void What_is_no_name_of_pythons_is_refused_at_once(string name) =>
        Assert.Contains($"\"{name}\" is no Python", Assert.Throws<ArgumentException>(() => Run.Python("Python", name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Arguments_without_names_or_that_cannot_cross_are_refused_with_what_can()
    {
        Assert.Contains("as in new { count = 20 }", Assert.Throws<ArgumentException>(() => Run.Python("Python", "serve", 20)).Message, StringComparison.Ordinal);
        Assert.Contains("as in new { count = 20 }", Assert.Throws<ArgumentException>(() => Run.Python("Python", "serve", new[] { 20 })).Message, StringComparison.Ordinal);
        Assert.Contains("brew cannot be handed to Python", Assert.Throws<ArgumentException>(() => Run.Python("Python", "serve", new { brew = (Func<int>)(() => 1) })).Message, StringComparison.Ordinal);
    }
}
