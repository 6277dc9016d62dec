using System.Text.RegularExpressions;

namespace ConcurrencyLab.Tests;

/// <summary>Figures that were measured beside other work of this process say so.</summary>
[Collection(Alone.Name)]
public class DisturbedTests
{
    private static readonly MeasureOptions Brief = new() { MinRepeats = 1, MaxRepeats = 1, Budget = TimeSpan.FromMilliseconds(100), Settle = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_loop_that_an_earlier_cell_left_behind_is_told_with_every_figure()
    {
        var comparison = await BesideASpinner(
            () => Compare.Runs("a sleep", Brief, Run.As("sequential", () => Thread.Sleep(20)), Run.As("twice", () => Thread.Sleep(40))), comparison => comparison.BusyBeside);

        Assert.InRange(comparison.BusyBeside, 0.2, Environment.ProcessorCount);
        var guess = new WorkKindGuess { ["sequential"] = "waits" };
        Assert.All(
            [comparison.Timings.Description, comparison.Table.ToString(), Charts.CpuMap(comparison).Description, guess.Beside(comparison).ToString(), new Guess { ["twice"] = 1 }.Beside(comparison).Description],
            text => Assert.Matches(new Regex(@"something else in this notebook kept \d\.\d cores busy"), text));
        Assert.Contains("Something else in this notebook kept", Claim.Faster("faster", comparison, "twice", "sequential", 1000, otherwise: "chance").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scaling_says_so_too()
    {
        var scaling = await BesideASpinner(() => Scaling.Over("squares", [1], workers => Run.FixedThreads([1, 2], item => item, workers), Brief), scaling => scaling.BusyBeside);

        Assert.Contains("something else in this notebook kept", scaling.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_quiet_nothing_is_said()
    {
        // What other tests have begun may take its time to end.
        var comparison = await Compare.Runs("a sleep", Brief with { Settle = TimeSpan.FromMinutes(1) }, Run.As("sequential", () => Thread.Sleep(20)));

        Assert.Equal(0, comparison.BusyBeside);
        Assert.DoesNotContain("something else", comparison.Table.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_of_microseconds_is_repeated_often_enough_to_be_measured_although_its_first_time_is_compiled()
    {
        var runs = 0;
        var isCold = true;
        var comparison = await Compare.Runs("short", Brief, Run.As("sequential", () =>
        {
            runs++;
            if (isCold) Thread.Sleep(20);
            isCold = false;
        }));

        Assert.InRange(comparison.Baseline.Wall.Median, 0, 1);
        Assert.True(runs > 1000, $"{runs} runs");
    }

    private static async Task<T> BesideASpinner<T>(Func<Task<T>> measure, Func<T, double> busyBeside)
    {
        var over = false;
        var spinner = Task.Factory.StartNew(
            () =>
            {
                while (!Volatile.Read(ref over))
                {
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            // A busy machine may give the spinner next to nothing just when it is looked at.
            for (var tries = 1; ; tries++)
            {
                if (await measure() is var measured && (busyBeside(measured) > 0 || tries == 20)) return measured;
            }
        }
        finally
        {
            Volatile.Write(ref over, true);
            await spinner;
        }
    }
}
