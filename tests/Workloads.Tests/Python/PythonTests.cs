using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>Python's side of a comparison.</summary>
[Collection(Alone.Name)]
public sealed class PythonTests : IDisposable
{
    private static readonly MeasureOptions Once = new() { MinRepeats = 1, MaxRepeats = 1 };
    private readonly Notebooks _notebooks = new();

    public PythonTests() => Tier.Needs(Python.Found is not null, "There is no Python 3: put a python3 on PATH, or name one in CONCURRENCYLAB_PYTHON.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _notebooks.Dispose();

    [Fact]
    public void The_chapters_python_is_the_first_of_all()
    {
        Assert.NotNull(Python.Found);
        Assert.Equal(Python.Found, Python.All[0]);
        Assert.StartsWith("Python 3.", Python.Found.Version, StringComparison.Ordinal);
        Assert.Equal(Python.All.Select(python => python.Version).Distinct(), Python.All.Select(python => python.Version));
    }

    [Fact]
    public async Task Python_and_csharp_give_the_same_answers_and_each_is_compared_with_its_own_language()
    {
        long[] numbers = [2, 15, 1000003, 1000000000039, 1000000000041];

        var primes = await Compare.Runs(
            "primes",
            Once,
            Run.Sequential(numbers, Primes.IsPrime),
            Run.ThreadPerItem(numbers, Primes.IsPrime),
            Run.Python("Python sequential", "primes_sequential.py", new { numbers }),
            Run.Python("Python threads", "primes_threads.py", new { numbers }),
            Run.Python("Python processes", "primes_processes.py", new { numbers, workers = 2 }));

        Assert.All(primes.Runs, run => Assert.True(run.Succeeded, run.Failure));
        Assert.All(primes.Runs.Skip(1), run => Assert.Equal(Agreement.Same, run.Agreement));
        Assert.Equal(["sequential", "sequential", "Python sequential", "Python sequential", "Python sequential"], primes.Runs.Select(run => run.ComparedTo));
        Assert.Equal(1, primes["Python sequential"].SpeedUp!.Value.Median);
        Assert.All(primes.Runs.Skip(2), run => Assert.Equal(Python.Found!.Version, run.Language));
        // Half a million divisions cannot be faked: they take processor time, in worker processes, too.
        Assert.All(primes.Runs.Skip(2), run => Assert.InRange(run.CpuTime.Median, 5, 60_000));
        Assert.Contains(Python.Found!.Version, primes.Timings.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cups_are_the_same_in_both_languages()
    {
        using var shop = CoffeeShop.Open(ms: 5);
        var orders = shop.Orders(6);

        var cups = await Compare.Runs(
            "cups",
            Once,
            Run.Sequential(orders, shop.Order),
            Run.Python("Python sequential", "orders_sequential.py", new { url = shop.CoffeeUrl, count = 6 }),
            Run.Python("Python threads", "orders_threads.py", new { url = shop.CoffeeUrl, count = 6 }),
            Run.Python("Python asyncio", "orders_async.py", new { url = shop.CoffeeUrl, count = 6 }));

        Assert.All(cups.Runs.Skip(1), run => Assert.Equal(Agreement.Same, run.Agreement));
        Assert.All(cups.Runs.Skip(1), run => Assert.Equal(6, run.Timeline!.Items.Count));
    }

    [Fact]
    public async Task Another_answer_is_noticed()
    {
        var script = _notebooks.Script("def work():\n    return [1, 2, 4]\n");

        var comparison = await Compare.Runs("answers", Once, Run.As("sequential", () => new[] { 1, 2, 3 }), Run.Python("Python", script));

        Assert.Equal(Agreement.Different, comparison["Python"].Agreement);
        Assert.Contains("different", comparison.Table.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("def work():\n    return 1 / 0\n", "ZeroDivisionError: division by zero")]
    [InlineData("def work():\n    import os\n    os._exit(3)\n", "Python ended with exit code 3")]
    [InlineData("def work():\n    print('hello')\n    return 1\n", "printed \"hello\"")]
    [InlineData("def work(:\n", "SyntaxError")]
    public async Task A_script_that_fails_costs_its_own_bar_and_says_why(string body, string expected)
    {
        var script = _notebooks.Script(body);

        var comparison = await Compare.Runs("failing", Once, Run.As("sequential", () => 1), Run.Python("Python", script));

        Assert.True(comparison["sequential"].Succeeded);
        Assert.Contains(expected, comparison["Python"].Failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PYTHONHOME")]
    [InlineData("PYTHONPATH")]
    [InlineData("PYTHONSAFEPATH")]
    [InlineData("PYTHONINSPECT")]
    public async Task What_is_set_for_other_pythons_does_not_matter(string variable)
    {
        var script = _notebooks.Script("import sys\n\n\ndef work():\n    return [sys.flags.utf8_mode, sys.dont_write_bytecode]\n");
        await File.WriteAllTextAsync(Path.Combine(_notebooks.Scratch, "json.py"), "raise ImportError('not the real one')\n", Cancel);
        var before = Environment.GetEnvironmentVariable(variable);
        try
        {
            Environment.SetEnvironmentVariable(variable, _notebooks.Scratch);

            Assert.Equal("[1,true]", (await Python.Run<System.Text.Json.JsonElement>(script, cancel: Cancel)).Value.GetRawText().Replace(" ", "", StringComparison.Ordinal));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, before);
        }
    }

    [Fact]
    public async Task A_python_that_breaks_down_is_named_with_the_reason_and_what_to_do()
    {
        Tier.Needs(!OperatingSystem.IsWindows(), "A script stands for a broken Python.");
        var broken = Path.Combine(_notebooks.Scratch, "python3");
        await File.WriteAllTextAsync(broken, "#!/bin/sh\ncat >&2 <<END\nPython path configuration:\n  PYTHONHOME = 'x'\nFatal Python error: init_fs_encoding: failed to get the Python codec\nCurrent thread 0x1 (most recent call first):\n  <no Python frame>\nEND\nexit 1\n", Cancel);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(broken, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var error = await Assert.ThrowsAsync<PythonException>(() => Python.Run<int>(_notebooks.Script("def work():\n    return 1\n"), interpreter: new Python(broken, "Python 3.99.0"), cancel: Cancel));

        Assert.Equal($"{broken} broke down with exit code 1: Fatal Python error: init_fs_encoding: failed to get the Python codec. Where it also does so with -c pass, repair it, or name another in CONCURRENCYLAB_PYTHON.", error.Message);
    }

    [Theory]
    [InlineData("/opt/py", "/usr/bin/python3", "CONCURRENCYLAB_PYTHON names /opt/py, which is no Python 3 that runs here: correct or unset it.")]
    [InlineData(null, "/usr/bin/python3", "/usr/bin/python3 is no Python 3 that runs here: repair it, or name another in CONCURRENCYLAB_PYTHON.")]
    [InlineData(null, null, "No Python 3 found: install one, or name one in CONCURRENCYLAB_PYTHON.")]
    public void Where_none_runs_the_one_that_does_not_is_named_with_what_to_do(string? named, string? first, string expected) => Assert.Equal(expected, Python.Remedy(named, first));

    [Fact]
    public void A_script_that_is_not_there_is_named_with_where_it_was_looked_for()
    {
        var error = Assert.Throws<FileNotFoundException>(() => Run.Python("Python", "no_such_script.py"));

        Assert.Contains("no_such_script.py", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(Notebooks.Folder, "python"), error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run.Python("Python", "../measured.py"));
    }

    [Fact]
    public async Task An_endless_script_ends_with_its_measurement()
    {
        var script = _notebooks.Script("def work(pid=\"\"):\n    import os\n    open(pid, \"w\").write(str(os.getpid()))\n    while True:\n        pass\n");
        var note = Path.Combine(_notebooks.Scratch, "pid");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var measuring = Compare.Runs("endless", Once with { Cancel = stop.Token }, Run.Python("Python", script, new { pid = note }));
        using var process = await ProcessOf(note);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring);
        await process.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task When_the_notebook_is_gone_its_script_and_that_ones_children_leave()
    {
        var script = _notebooks.Script(
            """
            def spin(note):
                import os
                open(note, "w").write(str(os.getpid()))
                while True:
                    pass


            def work(note=""):
                from multiprocessing import get_context

                with get_context("fork").Pool(1) as pool:
                    pool.map(spin, [note])

            """);
        var note = Path.Combine(_notebooks.Scratch, "child");
        var start = new ProcessStartInfo(Python.Found!.Path, [Path.Combine(_notebooks.Scratch, "python", script), "--serve", "--note", note])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var parent = Process.Start(start)!;
        await parent.StandardInput.WriteLineAsync("repeat");
        await parent.StandardInput.FlushAsync(Cancel);
        using var child = await ProcessOf(note);

        // What the system does when the process at the other end dies, however it dies.
        parent.StandardInput.Close();

        await parent.WaitForExitAsync(Cancel);
        await child.WaitForExitAsync(Cancel);
    }

    [Fact]
    public async Task A_script_answers_once_outside_a_comparison()
    {
        var script = _notebooks.Script("def work(names=(\"a\", \"b\"), times=2, share=0.5):\n    return {\"text\": \"\".join(names) * times, \"share\": share}\n");

        var answer = await Python.Run<Words>(script, new { names = new[] { "x", "y z" }, times = 3, share = 0.25 }, cancel: Cancel);

        Assert.Equal(new Words("xy zxy zxy z", 0.25), answer.Value);
        Assert.Null(answer.SavedFrom);
    }

    public sealed record Words(string Text, double Share);

    /// <summary>The process whose number a script writes into a file, once it has.</summary>
    private static async Task<Process> ProcessOf(string note)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!File.Exists(note) || !int.TryParse(await File.ReadAllTextAsync(note, limit.Token), out _))
        {
            await Task.Delay(10, limit.Token);
        }

        return Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(note, limit.Token), System.Globalization.CultureInfo.InvariantCulture));
    }
}
