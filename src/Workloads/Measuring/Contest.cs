using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// The measuring of one comparison: warm up each way, then rounds in which each way runs once, so that a machine that
/// slows down or speeds up does so for all of them.
/// </summary>
internal sealed class Contest(string title, MeasureOptions options, IReadOnlyList<Run> runs, CancellationToken cancel)
{
    // A clock read costs tens of nanoseconds: what is shorter than this is run several times between two reads.
    private const double ShortestSampleMilliseconds = 1;
    private const double WantedSampleMilliseconds = 5;

    private readonly List<Entrant> _entrants = [.. runs.Select(run => new Entrant(run))];

    internal Comparison Hold()
    {
        using var threads = new ThreadWatch();
        try
        {
            _entrants.ForEach(entrant => Try(entrant, entrant.Open));
            _entrants.ForEach(entrant => WarmUp(entrant, threads));
            Quiet.Wait(options.Settle, cancel);
            Repeat(threads);
        }
        finally
        {
            _entrants.ForEach(entrant => entrant.Close());
            _entrants.ForEach(entrant => entrant.Dispose());
        }

        // The cost of measuring is measured last: what the cells before left to the background is done by now.
        return new Comparison(title, [.. _entrants.Select(entrant => entrant.ToResult(_entrants[0], BaselineOf(entrant)))], Machine.Here, Calibration.Cost);
    }

    /// <summary>A language's own first run: how much faster C# is than Python is another question than what its threads gain.</summary>
    private Entrant BaselineOf(Entrant entrant) => _entrants.First(other => other.Language == entrant.Language);

    private void WarmUp(Entrant entrant, ThreadWatch threads)
    {
        for (var i = 0; i < Math.Max(1, options.WarmUps) && entrant.Runs; i++)
        {
            options.Progress?.Report(new MeasureProgress(entrant.Run.Name, 0));
            Try(entrant, () =>
            {
                // The last warm-up of a very short run also tells how often it fits into one sample.
                entrant.Expect(entrant.Measure(1, keep: false, record: false, threads, cancel).Sample.WallMilliseconds);
            });
        }

        if (entrant is { Runs: true, IsOutside: false } && entrant.ExpectedMilliseconds < ShortestSampleMilliseconds)
        {
            Try(entrant, () =>
            {
                var invocations = 1;
                for (var wall = entrant.ExpectedMilliseconds; wall * invocations < WantedSampleMilliseconds && invocations < 1 << 24;)
                {
                    invocations *= 2;
                    wall = Meter.Measure(entrant.Run, invocations, record: false, threads, cancel).Sample.WallMilliseconds;
                }

                entrant.Invocations = invocations;
                entrant.Expect(WantedSampleMilliseconds);
                entrant.Timeline = options.RecordSpans ? Meter.Measure(entrant.Run, 1, record: true, threads, cancel).Timeline : null;
            });
        }
    }

    private void Repeat(ThreadWatch threads)
    {
        var began = Stopwatch.GetTimestamp();
        for (var round = 0; round < options.MaxRepeats && WorthAnother(round, Stopwatch.GetElapsedTime(began)); round++)
        {
            for (var place = 0; place < _entrants.Count; place++)
            {
                // Each round begins with another way, so that none always runs after the same neighbour.
                var entrant = _entrants[(place + round) % _entrants.Count];
                if (!entrant.Runs)
                {
                    continue;
                }

                cancel.ThrowIfCancellationRequested();
                options.Progress?.Report(new MeasureProgress(entrant.Run.Name, round + 1));
                var record = options.RecordSpans && entrant.Invocations == 1;
                Try(entrant, () => entrant.Add(entrant.Measure(entrant.Invocations, keep: true, record, threads, cancel)));
            }
        }
    }

    private bool WorthAnother(int rounds, TimeSpan spent)
    {
        var running = _entrants.Where(entrant => entrant.Runs).ToList();
        if (running.Count == 0)
        {
            return false;
        }

        var oneRound = TimeSpan.FromMilliseconds(running.Sum(entrant => entrant.ExpectedMilliseconds));
        if (rounds < options.MinRepeats)
        {
            return rounds == 0 || spent + oneRound < options.Budget * 3;
        }

        var steady = running.All(entrant => entrant.Wall is { Confidence: >= 0.95 } wall && wall.RelativeSpread <= options.Spread);
        return !steady && spent + oneRound < options.Budget;
    }

    private void Try(Entrant entrant, Action measure)
    {
        try
        {
            measure();
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            // One way that throws costs its own bar; the others are still worth seeing.
            var inner = error is AggregateException { InnerExceptions: [var only] } ? only : error;
            entrant.Failure = $"{inner.GetType().Name}: {inner.Message}";
        }
    }
}
