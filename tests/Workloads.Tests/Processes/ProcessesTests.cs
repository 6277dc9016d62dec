using System.Diagnostics;

namespace ConcurrencyLab.Tests;

public class ProcessesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static int ProcessId(int item) => Environment.ProcessId;

    public static int FilesNamedAfterIt(int item) => Directory.GetFiles(Path.GetTempPath(), $"*-{Environment.ProcessId}-*").Length;

    public static int DieOn2(int item)
    {
        if (item == 2)
        {
            Environment.Exit(41);
        }

        return item;
    }

    public static int PrintLoudly(int item)
    {
        Console.WriteLine(new string('x', 200_000));
        return item;
    }

    public static int SpinOnceSeen(string sign)
    {
        File.WriteAllText(sign, "");
        while (sign.Length > 0)
        {
        }

        return 0;
    }

    public static int ChildrenOf(int parent) => Directory.GetDirectories("/proc").Count(process =>
    {
        try
        {
            // The name, in brackets, may hold anything; behind it come the state and the parent.
            return File.ReadAllText(Path.Combine(process, "stat")).Split(')')[^1].Split(' ')[2] == $"{parent}";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });

    public static string? Nothing(string? item) => item;

    public static Point Mirror(Point point) => new(point.Y, point.X, [.. point.Tags.Reverse()]);

    public record Point(double X, double Y, string[] Tags);

    [Fact]
    public async Task Items_are_worked_on_in_other_processes_that_are_gone_afterwards()
    {
        var ids = await Processes.Map(Enumerable.Range(0, 12), ProcessId, 2, cancel: Cancel);
        Assert.DoesNotContain(Environment.ProcessId, ids);
        Assert.InRange(ids.Distinct().Count(), 1, 2);
        Assert.All(ids.Distinct(), id => Assert.True(IsGone(id), $"process {id} is still there"));
    }

    [Fact]
    public async Task A_worker_has_no_files_that_it_would_leave_behind_when_it_is_killed() =>
        Assert.Equal([0], await Processes.Map([0], FilesNamedAfterIt, 1, cancel: Cancel));

    [Fact]
    public async Task No_more_processes_are_started_than_there_are_items()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Children are counted in /proc, which only Linux has.");
        int[] parent = [.. Enumerable.Repeat(Environment.ProcessId, 3)];
        // Other tests have some, too; without the limit each of these would see hundreds.
        Assert.All(await Processes.Map(parent, ChildrenOf, workers: 300, cancel: Cancel), children => Assert.InRange(children, 1, 50));
        Assert.Empty(await Processes.Map(Array.Empty<int>(), ProcessId, workers: 300, cancel: Cancel));
    }

    [Fact]
    public async Task Records_arrays_and_nothing_survive_the_journey()
    {
        var mirrored = await Processes.Map([new Point(0.1, 2, ["a", "é\n\""])], Mirror, 1, cancel: Cancel);
        Assert.Equal((2, 0.1), (mirrored[0].X, mirrored[0].Y));
        Assert.Equal(["é\n\"", "a"], mirrored[0].Tags);
        Assert.Equal([null, "a"], await Processes.Map([null, "a"], Nothing, 1, cancel: Cancel));
    }

    [Fact]
    public async Task A_process_that_dies_costs_its_item_and_is_replaced()
    {
        var results = await Processes.Map(Enumerable.Range(0, 6), DieOn2, 1, cancel: Cancel);
        var failure = Assert.Single(results.Failures);
        Assert.Equal(2, failure.Item);
        Assert.Contains("41", failure.Error.Message, StringComparison.Ordinal);
        Assert.Equal([0, 1, 3, 4, 5], results.Succeeded);
    }

    [Fact]
    public async Task The_faulty_machine_ends_a_worker_and_never_the_user()
    {
        var cups = await Processes.Map([11, 12, 13, 14], FaultyMachine.Brew, workers: 1, cancel: Cancel);
        Assert.Equal(["cup 11", "cup 12", "cup 14"], cups.Succeeded);
        var lost = Assert.Single(cups.Failures);
        Assert.Equal(13, lost.Item);
        Assert.Contains("exploded", Assert.IsType<WorkerEndedException>(lost.Error).Message, StringComparison.Ordinal);
        Assert.Contains("Processes.Map", Assert.Throws<InvalidOperationException>(() => FaultyMachine.Brew(13)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_work_prints_does_not_disturb_the_replies() =>
        Assert.Equal([1, 2, 3], await Processes.Map([1, 2, 3], PrintLoudly, 2, cancel: Cancel));

    [Fact]
    public async Task A_child_process_has_a_counter_of_its_own()
    {
        SharedCounter.Set(5);
        using var pool = ProcessPool.Start(1);
        var seen = await pool.Map([100, 20], SharedCounter.Add, cancel: Cancel);
        Assert.Equal([100, 120], seen.Select(counter => counter.Value));
        Assert.DoesNotContain(Environment.ProcessId, seen.Select(counter => counter.Process));
        Assert.Equal(5, SharedCounter.Value);
        Assert.Equal(2, pool.RoundTrips);
        Assert.Equal((Environment.ProcessId, 12), (SharedCounter.Add(7).Process, SharedCounter.Value));
    }

    [Fact]
    public async Task Two_calls_at_once_share_a_pool_and_each_gets_its_own_replies()
    {
        using var pool = ProcessPool.Start(1);
        var (squares, negated) = (pool.Map(Enumerable.Range(0, 50), WaysTests.Square, cancel: Cancel), pool.Map(Enumerable.Range(0, 50), WaysTests.Negate, cancel: Cancel));
        Assert.Equal(Enumerable.Range(0, 50).Select(WaysTests.Square), await squares);
        Assert.Equal(Enumerable.Range(0, 50).Select(WaysTests.Negate), await negated);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Cancelling_ends_processes_that_spin_or_have_not_begun(bool begun)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string[] signs = [Path.Combine(folder.FullName, "1"), Path.Combine(folder.FullName, "2")];
            using var pool = ProcessPool.Start(2);
            var ids = (await pool.Map(Enumerable.Range(0, 30), ProcessId, cancel: Cancel)).Distinct().ToArray();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            var spinning = pool.Map(signs, SpinOnceSeen, cancel: stop.Token);
            while (begun && !signs.All(File.Exists)) await Task.Delay(5, Cancel);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => spinning);
            Assert.All(ids, id => Assert.True(IsGone(id), $"process {id} is still there"));
            // The pool goes on with fresh processes.
            Assert.Equal([1, 4], await pool.Map([1, 2], WaysTests.Square, cancel: Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_lambda_cannot_cross_and_the_message_says_what_can()
    {
        var captured = 3;
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Processes.Map([1], item => item + captured, cancel: Cancel));
        Assert.Contains("static method", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Of the runtime's own library, as whoever follows "a static method of a library" will try first.</summary>
    [Fact]
    public async Task Static_methods_of_the_runtime_cross()
    {
        using var pool = ProcessPool.Start(1);
        Assert.Equal([1, 2, double.NaN, double.PositiveInfinity], await pool.Map([1.0, 4.0, -1.0, double.PositiveInfinity], Math.Sqrt, cancel: Cancel));
        Assert.Equal([3, -4], await pool.Map(["3", "-4"], int.Parse, cancel: Cancel));
        Assert.Equal(["a.b"], await pool.Map(["a b"], Uri.EscapeDataString, cancel: Cancel) is [var escaped] ? [escaped.Replace("%20", ".", StringComparison.Ordinal)] : []);
        Assert.Equal(["&lt;"], await pool.Map(["<"], System.Net.WebUtility.HtmlEncode, cancel: Cancel));
        Assert.Equal([(2, "a")], await pool.Map([("a", 2)], Swap, cancel: Cancel));
        // An item that fails says why, as before.
        Assert.Contains("FormatException", Assert.Single((await pool.Map(["x"], int.Parse, cancel: Cancel)).Failures).Error.Message, StringComparison.Ordinal);
    }

    public static (int Number, string Text) Swap((string Text, int Number) pair) => (pair.Number, pair.Text);

    public static T Same<T>(T item) => item;

    [Fact]
    public async Task What_cannot_cross_is_refused_with_its_own_reason()
    {
        async Task<string> Refusal<T>(Func<int, T> work) => (await Assert.ThrowsAsync<ArgumentException>(() => Processes.Map([1], work, cancel: Cancel))).Message;
        var captured = 3;

        Assert.Contains("a lambda", await Refusal(item => item + captured), StringComparison.Ordinal);
        Assert.Contains("a lambda", await Refusal(item => item), StringComparison.Ordinal);
        Assert.Contains("the object that Next belongs to", await Refusal(new Random(1).Next), StringComparison.Ordinal);
        Assert.Contains("Same, being generic", await Refusal(Same<int>), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_processes_than_a_machine_bears_are_refused_before_the_first_starts()
    {
        Assert.Contains($"At most {ProcessPool.Most} worker processes", Assert.Throws<ArgumentOutOfRangeException>(() => ProcessPool.Start(10_000)).Message, StringComparison.Ordinal);
        var items = Enumerable.Range(0, ProcessPool.Most + 1);
        Assert.Contains($"At most {ProcessPool.Most}", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Processes.Map(items, ProcessId, 10_000, cancel: Cancel))).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_notebooks_stop_button_ends_the_processes(bool starting)
    {
        using var stopButton = new CancellationTokenSource();
        var before = AppContext.GetData(HostInterrupt.Name);
        var cell = new AsyncLocal<CancellationToken> { Value = stopButton.Token };
        var folder = Directory.CreateTempSubdirectory();
        AppContext.SetData(HostInterrupt.Name, (Func<CancellationToken>)(() => cell.Value));
        try
        {
            if (starting)
            {
                await stopButton.CancelAsync();
                Assert.ThrowsAny<OperationCanceledException>(() => ProcessPool.Start(2));
                return;
            }

            var sign = Path.Combine(folder.FullName, "1");
            var spinning = Processes.Map([sign], SpinOnceSeen, cancel: Cancel);
            while (!File.Exists(sign)) await Task.Delay(5, Cancel);
            await stopButton.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => spinning.WaitAsync(TimeSpan.FromSeconds(60), Cancel));
        }
        finally
        {
            AppContext.SetData(HostInterrupt.Name, before);
            folder.Delete(recursive: true);
        }
    }

    internal static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WaitForExit(TimeSpan.FromSeconds(30));
        }
        catch (ArgumentException)
        {
            return true; // No such process: as it should be.
        }
    }
}
