namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public class CompareTests
{
    private static readonly MeasureOptions Quick = new() { MinRepeats = 2, MaxRepeats = 3, Budget = TimeSpan.FromMilliseconds(200) };

    /// <summary>Far longer than anything here takes on the busiest machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Every_way_is_measured_and_checked_against_the_first()
    {
        int[] items = [.. Enumerable.Range(0, 20)];
        var comparison = await Compare.Runs(
            "squares",
            Quick,
            Run.Sequential(items, WaysTests.Square),
            Run.WhenAll(items, item => Task.FromResult(WaysTests.Square(item))),
            Run.As("wrong", () => items.Select(item => item + 1).ToArray()),
            Run.As("silent", () => { }));
        Assert.Equal(["sequential", "async", "wrong", "silent"], comparison.Runs.Select(run => run.Name));
        Assert.Equal(
            [Agreement.NotChecked, Agreement.Same, Agreement.Different, Agreement.Different],
            comparison.Runs.Select(run => run.Agreement));
        Assert.Equal(1, comparison.Baseline.SpeedUp!.Value.Median);
        Assert.All(comparison.Runs, run => Assert.InRange(run.Samples.Count, 2, 3));
        Assert.All(comparison.Runs, run => Assert.True(run.Wall.Median > 0));
        Assert.Same(comparison.Runs[1], comparison["ASYNC"]);
        Assert.Contains("wrong", Assert.Throws<KeyNotFoundException>(() => comparison["nope"]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_that_throws_costs_its_own_bar()
    {
        var comparison = await Compare.Runs(
            "half broken",
            Quick,
            Run.As("fine", () => 1),
            Run.As("broken", new Func<int>(() => throw new InvalidOperationException("out of milk"))),
            Run.As("broken later", async () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("out of beans");
            }));
        Assert.True(comparison["fine"].Succeeded);
        Assert.Equal("InvalidOperationException: out of milk", comparison["broken"].Failure);
        Assert.Equal("InvalidOperationException: out of beans", comparison["broken later"].Failure);
        Assert.Null(comparison["broken"].SpeedUp);
    }

    [Fact]
    public async Task Speed_up_is_null_when_the_baseline_failed()
    {
        var comparison = await Compare.Runs(
            "no yardstick",
            Quick,
            Run.As("broken", new Func<int>(() => throw new InvalidOperationException("no"))),
            Run.As("fine", () => 1));
        Assert.Null(comparison["fine"].SpeedUp);
        Assert.True(comparison["fine"].Wall.Median > 0);
    }

    [Fact]
    public async Task Names_must_be_there_and_be_different()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Compare.Runs("none"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Compare.Runs("twins", Run.As("a", () => 1), Run.As("A", () => 1)));
        Assert.Contains("\"a\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("Run 2 of 2 is null", (await Assert.ThrowsAsync<ArgumentException>(() => Compare.Runs("a hole", Run.As("a", () => 1), null!))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_takes_wall_time_and_computing_takes_processor_time()
    {
        // The compiler of a test run may still be at work beside a wait: it is given ten chances to be done.
        Comparison comparison;
        var tries = 0;
        do
        {
            comparison = await Compare.Runs(
                "two kinds",
                Quick,
                Run.As("computes", () => Primes()),
                Run.As("waits", () => Task.Delay(40)));
        }
        while (comparison["computes"].CpuUtilization <= 5 * comparison["waits"].CpuUtilization && ++tries < 10);

        Assert.True(
            comparison["computes"].CpuUtilization > 5 * comparison["waits"].CpuUtilization,
            $"{comparison["computes"].CpuUtilization} {comparison["waits"].CpuUtilization}");
        // The runtime's timers go by the system's ticks, so a delay may end some milliseconds early.
        Assert.InRange(comparison["waits"].Wall.Median, 30, 10_000);

        static int Primes() => Enumerable.Range(2, 60_000).Count(n => Enumerable.Range(2, (int)Math.Sqrt(n) - 1).All(d => n % d != 0));
    }

    [Fact]
    public async Task Threads_at_work_and_allocations_are_counted()
    {
        // However slowly a busy machine starts threads: none ends before the last has begun.
        using var together = new Barrier(16);
        var comparison = await Compare.Runs(
            "counts",
            Quick,
            Run.ThreadPerItem(Enumerable.Range(0, 16), item =>
            {
                Assert.True(together.SignalAndWait(TimeSpan.FromSeconds(30)));
                return new byte[1 << 20];
            }));
        Assert.Equal(16, comparison["threads"].ThreadsAtWork);
        Assert.InRange(comparison["threads"].AllocatedBytes, 16 << 20, 40 << 20);
    }

    [Fact]
    public void The_highest_number_of_threads_is_kept()
    {
        using var watch = new ThreadWatch();
        using var over = new ManualResetEventSlim();
        watch.Reset();
        var before = watch.Peak;
        Thread[] threads = [.. Enumerable.Range(0, 40).Select(_ => new Thread(over.Wait) { IsBackground = true })];
        Array.ForEach(threads, thread => thread.Start());
        var meanwhile = watch.Peak;
        over.Set();
        Array.ForEach(threads, thread => thread.Join());
        // The test run's own may have ended meanwhile.
        Assert.InRange(meanwhile, before + 20, int.MaxValue);
        Assert.InRange(watch.Peak, meanwhile, int.MaxValue);
    }

    [Fact]
    public async Task Cancelling_ends_a_way_that_never_ends()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        // What is given up goes on: it is ended here, or it would keep a core from all tests that follow.
        using var over = new ManualResetEventSlim();
        var spinning = new TaskCompletionSource();
        var measuring = Task.Run(() => Compare.Runs(
            "endless",
            new MeasureOptions { Cancel = stop.Token },
            Run.As("spin", () =>
            {
                spinning.TrySetResult();
                while (!over.IsSet)
                {
                }
            })));
        await spinning.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring.WaitAsync(Limit, TestContext.Current.CancellationToken));
        over.Set();
    }

    /// <summary>The two kinds of threads that a notebook's cells run on.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_caller_is_not_held_and_the_notebooks_stop_button_ends_what_blocks(bool onPool)
    {
        using var stopButton = new CancellationTokenSource();
        var cell = new AsyncLocal<CancellationToken> { Value = stopButton.Token };
        var before = AppContext.GetData(HostInterrupt.Name);
        AppContext.SetData(HostInterrupt.Name, (Func<CancellationToken>)(() => cell.Value));
        try
        {
            var blocked = new TaskCompletionSource();
            var ended = new TaskCompletionSource();
            // Comes back although what it measures never does: else nobody would be there to press the button.
            var measuring = await OnThread(onPool, () => Compare.Runs("blocked", Run.As("sleep", () =>
            {
                blocked.SetResult();
                try
                {
                    Thread.Sleep(Timeout.Infinite);
                }
                finally
                {
                    ended.SetResult();
                }
            }))).WaitAsync(Limit, TestContext.Current.CancellationToken);
            await blocked.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
            Assert.False(measuring.IsCompleted);

            await stopButton.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measuring.WaitAsync(Limit, TestContext.Current.CancellationToken));
            await ended.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            AppContext.SetData(HostInterrupt.Name, before);
        }
    }

    private static Task<Task> OnThread(bool onPool, Func<Task> call) => Task.Factory.StartNew(
        call, CancellationToken.None, onPool ? TaskCreationOptions.None : TaskCreationOptions.LongRunning, TaskScheduler.Default);

    [Fact]
    public async Task Work_of_nanoseconds_is_measured_in_batches()
    {
        var counter = 0;
        var comparison = await Compare.Runs("tiny", Quick, Run.As("increment", () => { counter++; }));
        // One clock read alone would take longer than this work.
        Assert.InRange(comparison.Baseline.Wall.Median, 0, 0.01);
        Assert.True(counter > 10_000);
    }

    [Fact]
    public async Task The_cost_of_measuring_is_measured()
    {
        var cost = (await Compare.Runs("cost", Quick, Run.As("nothing", () => { }))).Cost;
        Assert.InRange(cost.PerRunNanoseconds, 1, 1_000_000);
        Assert.InRange(cost.PerSpanNanoseconds, 1, 20_000);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("0", 0.0)]
    [InlineData("", 4.0)]
    [InlineData("0,5", null)]
    [InlineData("-3", null)]
    [InlineData("NaN", null)]
    [InlineData("4000", null)]
    [InlineData("fast", null)]
    public void The_usual_time_is_what_the_environment_says_and_what_is_no_time_is_refused(string text, double? seconds)
    {
        const string Variable = "CONCURRENCYLAB_MEASURE_SECONDS";
        var before = Environment.GetEnvironmentVariable(Variable);
        Environment.SetEnvironmentVariable(Variable, text);
        try
        {
            if (seconds is { } right) Assert.Equal(right, new MeasureOptions().Budget.TotalSeconds);
            else Assert.Contains($"\"{text}\"", Assert.Throws<InvalidOperationException>(() => new MeasureOptions()).Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, before);
        }
    }

    [Fact]
    public async Task Amdahls_law_is_fitted_to_what_was_measured()
    {
        ScalingPoint Point(int workers, double speedUp) => new(workers, default, new MedianInterval(speedUp, speedUp, speedUp, 1, 9));
        var half = Scaling.FitSerialShare([Point(1, 1), Point(2, 1 / (0.25 + 0.75 / 2))]);
        Assert.Equal(Environment.ProcessorCount >= 2 ? 0.25 : (double?)null, half is { } share ? Math.Round(share, 6) : null);
        // One worker, or more than there are cores, say nothing of it.
        Assert.Null(Scaling.FitSerialShare([Point(1, 1), Point(Environment.ProcessorCount * 1000, 1)]));
        var scaling = await Scaling.Over("squares", [2], workers => Run.ParallelFor(Enumerable.Range(0, 50), WaysTests.Square, workers), Quick);
        Assert.Equal([1, 2], scaling.Points.Select(point => point.Workers));
        Assert.True(scaling.Predict(1) is null or (> 0.999999 and < 1.000001));
    }
}
