using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests;

/// <summary>A function of a Python cell, measured by a C# cell in one comparison with C#'s ways: the real kernel, library and Python.</summary>
public sealed class PythonMeasuredTests : IClassFixture<PythonNotebook>
{
    private const string Quickly = "new MeasureOptions { MinRepeats = 1, MaxRepeats = 1, Settle = TimeSpan.Zero }";
    private readonly PythonNotebook _notebook;

    public PythonMeasuredTests(PythonNotebook notebook)
    {
        PythonNotebook.NeedsPython();
        _notebook = notebook;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Time_processor_answer_and_spans_are_those_of_the_function()
    {
        await _notebook.ShowAsync(
            """
            #!python
            import time
            from measured import span

            def serve(orders, ms=20):
                began = time.perf_counter()
                time.sleep(ms / 1000)
                span("thread 1", "all", began, time.perf_counter(), "blocked")
                total = sum(range(1_000_000))
                return [f"cup {order}" for order in orders]
            """);
        await _notebook.ShowAsync($$"""
            var served = await Compare.Runs("cups", {{Quickly}},
                Run.As("sequential", () => new[] { "cup 1", "cup 2" }),
                Run.Python("Python threads", "serve", new { orders = new[] { 1, 2 } }),
                Run.Python("Python threads, longer", "serve", new { orders = new[] { 1, 2 }, ms = 40 }));
            var (python, longer) = (served["Python threads"], served["Python threads, longer"]);
            """);

        Assert.Equal("Same Same", await TextAsync("""$"{python.Agreement} {longer.Agreement}" """));
        Assert.Equal("True True", await TextAsync("""$"{python.Wall.Median >= 20} {longer.Wall.Median >= 40}" """));
        // A million additions cannot be faked.
        Assert.Equal("True", await TextAsync("""$"{python.CpuTime.Median > 1}" """));
        Assert.Equal("all WaitingOnThread thread 1", await TextAsync("""$"{python.Timeline!.Spans[0].Item} {python.Timeline.Spans[0].Kind} {python.Timeline.Lanes[0].Name}" """));
        Assert.Equal("True", await TextAsync("""$"{python.Language == Python.Found!.Version}" """));
    }

    [Fact]
    public async Task A_changed_cell_is_what_runs_next()
    {
        await _notebook.ShowAsync("#!python\ndef changing():\n    return 1");
        Assert.Equal("1", await AnswerAsync("changing"));
        await _notebook.ShowAsync("#!python\ndef changing():\n    return 2");

        Assert.Equal("2", await AnswerAsync("changing"));
    }

    [Fact]
    public async Task Another_interpreter_is_handed_the_functions_of_the_notebooks_cells_and_what_they_use()
    {
        var program = (await _notebook.ShowAsync("#!python\nimport sys\nsys.executable"))!.ToString().Trim('\'');
        var folder = Directory.CreateTempSubdirectory("another-python-");
        try
        {
            // Another program to the notebook, if of the same Python.
            var another = File.CreateSymbolicLink(Path.Combine(folder.FullName, "python3"), program).FullName;
            await _notebook.ShowAsync("#!python\nfrom math import isqrt\nprices = {\"mocha\": 9}\n\ndef price(order):\n    return isqrt(prices[order])");
            await _notebook.ShowAsync("#!python\ndef bill(orders):\n    return [sys.executable, sum(map(price, orders))]");

            Assert.Equal($"[\"{another}\",6]", await AnswerAsync("bill", $"new {{ orders = new[] {{ \"mocha\", \"mocha\" }} }}, new Python(\"{another}\", \"another\")"));

            await _notebook.ShowAsync("#!python\ndef price(order):\n    return 1");
            Assert.Equal($"[\"{another}\",2]", await AnswerAsync("bill", $"new {{ orders = new[] {{ \"mocha\", \"mocha\" }} }}, new Python(\"{another}\", \"another\")"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Functions_that_await_generate_or_come_from_a_module_beside_the_notebook_are_functions_too()
    {
        await _notebook.ShowAsync("#!python\nimport asyncio\n\nasync def brewed(count):\n    return await asyncio.gather(*(asyncio.sleep(0, cup) for cup in range(count)))");

        Assert.Equal("[0,1,2]", await AnswerAsync("brewed", "new { count = 3 }"));
        Assert.Equal("true", await AnswerAsync("primes.is_prime", "new { number = 1_000_003 }"));
    }

    [Fact]
    public async Task An_error_says_its_kind_its_words_and_the_line_of_its_cell()
    {
        var cell = _notebook.Next;
        await _notebook.ShowAsync("#!python\ndef inner(order):\n    return {\"mocha\": 1}[order]\n\ndef failing(order):\n    return inner(order)");

        Assert.Equal($"KeyError: 'latte' (cell {cell}, line 3)", await FailureAsync("failing", "new { order = \"latte\" }"));
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_named_with_those_that_are()
    {
        await _notebook.ShowAsync("#!python\ndef grind_beans():\n    return 1");

        var failure = await FailureAsync("grind_bean");

        Assert.StartsWith("NameError: there is no function grind_bean", failure, StringComparison.Ordinal);
        Assert.Contains("grind_beans", failure, StringComparison.Ordinal);
        Assert.StartsWith("ModuleNotFoundError", await FailureAsync("no_such_module.work"), StringComparison.Ordinal);
        Assert.Contains("primes has no function is_odd", await FailureAsync("primes.is_odd"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_are_told_with_the_functions_signature()
    {
        await _notebook.ShowAsync("#!python\ndef pour(cups, size=2):\n    return cups * size");

        Assert.Equal("TypeError: pour() got an unexpected keyword argument 'cup'; it is pour(cups, size=2)", await FailureAsync("pour", "new { cups = 1, cup = 1 }"));
        Assert.Equal("TypeError: pour() missing a required argument: 'cups'; it is pour(cups, size=2)", await FailureAsync("pour"));
        Assert.Equal("6", await AnswerAsync("pour", "new { cups = 3, size = (int?)null }"));
    }

    [Theory]
    [InlineData("{1: object()}")]
    [InlineData("float('nan')")]
    [InlineData("print")]
    public async Task An_answer_that_cannot_cross_says_so(string answer)
    {
        await _notebook.ShowAsync($"#!python\ndef strange():\n    return {answer}");

        Assert.Contains("strange returned what does not cross", await FailureAsync("strange"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processor_time_of_the_processes_it_starts_is_counted_and_none_of_them_stays()
    {
        await _notebook.ShowAsync(
            """
            #!python
            import os
            from multiprocessing import get_context

            def count_to(most):
                total = 0
                for number in range(most):
                    total += number
                return os.getpid()

            def on_processes(most):
                with get_context("fork").Pool(2) as pool:
                    return pool.map(count_to, [most, most])
            """);
        var children = await _notebook.ShowAsync($$"""
            var forked = await Compare.Runs("forked", {{Quickly}}, Run.Python("Python processes", "on_processes", new { most = 1_000_000 }));
            var pids = (await Python.Run<int[]>("on_processes", new { most = 10 })).Value;
            $"{forked["Python processes"].CpuTime.Median > 2} {string.Join(' ', pids)}"
            """);

        var words = children!.ToString().Split(' ');
        Assert.Equal("True", words[0]);
        Assert.All(words[1..], pid => Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == int.Parse(pid, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_stopped_cell_stops_the_function_and_pythons_variables_stay()
    {
        await _notebook.ShowAsync("#!python\nkept = 42\n\ndef begun():\n    print('begun', flush=True)\n    while True:\n        pass\n\ndef recall():\n    return kept");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var begun = new TaskCompletionSource();
        var running = _notebook.RunAsync($"""await Compare.Runs("endless", {Quickly}, Run.Python("Python", "begun"))""", output =>
        {
            if (output is StreamOutput { Text: var text } && text.Contains("begun", StringComparison.Ordinal)) begun.TrySetResult();
        }, stop.Token);
        await begun.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancel);

        await stop.CancelAsync();

        Assert.False((await running).Succeeded);
        Assert.Equal("42", await AnswerAsync("recall"));
    }

    private async Task<string> TextAsync(string expression) => (await _notebook.ShowAsync(expression))!.ToString();

    private Task<string> AnswerAsync(string function, string arguments = "null") =>
        TextAsync($"""(await Python.Run<System.Text.Json.JsonElement>("{function}", {arguments})).Value.GetRawText().Replace(" ", "")""");

    private Task<string> FailureAsync(string function, string arguments = "null") =>
        TextAsync($"""(await Compare.Runs("failing", {Quickly}, Run.Python("Python", "{function}", {arguments})))["Python"].Failure ?? "it did not fail" """);
}
