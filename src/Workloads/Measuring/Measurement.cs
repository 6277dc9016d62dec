using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// The measuring of one comparison: warm up each way, then rounds in which each way runs once, so that a machine that
/// slows down or speeds up does so for all of them.
/// </summary>
internal sealed class Measurement(string title, MeasureOptions options, IReadOnlyList<Run> runs, CancellationToken cancel)
{
    // A clock read costs tens of nanoseconds: what is shorter than this is run several times between two reads.
    private const double ShortestSampleMilliseconds = 1;
    private const double WantedSampleMilliseconds = 5;

    /// <summary>A first run that took less may have been its compiling for the most part.</summary>
    private const double MostlyCompiledMilliseconds = 100;

    private readonly List<MeasuredRun> _runs = [.. runs.Select(run => new MeasuredRun(run))];

    internal Comparison Hold()
    {
        using var threads = new ThreadWatch();
        var busyBeside = 0.0;
        try
        {
            _runs.ForEach(run => Try(run, () => run.Open(cancel)));
            if (options.Budget > TimeSpan.Zero)
            {
                _runs.ForEach(run => WarmUp(run, threads));
                busyBeside = Quiet.Wait(options.Settle, cancel);
            }

            Repeat(threads);
        }
        finally
        {
            _runs.ForEach(run => run.Close());
            _runs.ForEach(run => run.Dispose());
        }

        // The cost of measuring is measured last: what the cells before left to the background is done by now.
        return new Comparison(title, [.. _runs.Select(run => run.ToResult(_runs[0], BaselineOf(run)))], Machine.Here, Calibration.Cost) { BusyBeside = busyBeside };
    }

    /// <summary>A language's own first run: how much faster C# is than Python is another question than what its threads gain.</summary>
    private MeasuredRun BaselineOf(MeasuredRun run) => _runs.First(other => other.Language == run.Language);

    private void WarmUp(MeasuredRun run, ThreadWatch threads)
    {
        for (var i = 0; i < Math.Max(1, options.WarmUps) && run.Runs; i++)
        {
            options.Progress?.Report(new MeasureProgress(run.Run.Name, 0));
            Try(run, () => run.Expect(run.Measure(1, keep: false, record: false, threads, cancel).Sample.WallMilliseconds));
        }

        if (run is { Runs: true, IsOutside: false } && run.ExpectedMilliseconds < MostlyCompiledMilliseconds)
        {
            Try(run, () =>
            {
                // How often a very short run fits into one sample, only one tells in which nothing is compiled any more.
                run.Expect(Meter.Measure(run.Run, 1, record: false, threads, cancel).Sample.WallMilliseconds);
                if (run.ExpectedMilliseconds >= ShortestSampleMilliseconds) return;
                var invocations = 1;
                for (var wall = run.ExpectedMilliseconds; wall * invocations < WantedSampleMilliseconds && invocations < 1 << 24;)
                {
                    invocations *= 2;
                    wall = Meter.Measure(run.Run, invocations, record: false, threads, cancel).Sample.WallMilliseconds;
                }

                run.Invocations = invocations;
                run.Expect(WantedSampleMilliseconds);
                run.Timeline = options.RecordSpans ? Meter.Measure(run.Run, 1, record: true, threads, cancel).Timeline : null;
            });
        }
    }

    private void Repeat(ThreadWatch threads)
    {
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < options.MaxRepeats && WorthAnother(round, Stopwatch.GetElapsedTime(began)); round++)
        {
            for (var place = 0; place < _runs.Count; place++)
            {
                // Each round begins with another way, so that none always runs after the same neighbour.
                var run = _runs[(place + round) % _runs.Count];
                if (!run.Runs)
                {
                    continue;
                }

                cancel.ThrowIfCancellationRequested();
                options.Progress?.Report(new MeasureProgress(run.Run.Name, round + 1));
                var record = options.RecordSpans && run.Invocations == 1;
                Try(run, () => run.Add(run.Measure(run.Invocations, keep: true, record, threads, cancel)));
            }
        }
    }

    private bool WorthAnother(int rounds, TimeSpan spent)
    {
        var running = _runs.Where(run => run.Runs).ToList();
        if (running.Count == 0)
        {
            return false;
        }

        var oneRound = TimeSpan.FromMilliseconds(running.Sum(run => run.ExpectedMilliseconds));
        if (rounds < options.MinRepeats)
        {
            return rounds == 0 || spent + oneRound < options.Budget * 3;
        }

        var steady = running.All(run => run.Wall is { Confidence: >= 0.95 } wall && wall.RelativeSpread <= options.Spread);
        return !steady && spent + oneRound < options.Budget;
    }

    private void Try(MeasuredRun run, Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // One way that throws costs its own bar; the others are still worth seeing.
            var inner = error is AggregateException { InnerExceptions: [var only] } ? only : error;
            // Another program's words name its kind of error themselves.
            run.Failure = inner is ItemException || run.IsOutside ? inner.Message : $"{inner.GetType().Name}: {inner.Message}";
        }
    }
}
