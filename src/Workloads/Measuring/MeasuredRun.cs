namespace ConcurrencyLab;

/// <summary>One way in a comparison while it is being measured.</summary>
internal sealed class MeasuredRun(Run run) : IDisposable
{
    private readonly List<Reading> _readings = [];
    private readonly IExternalRun? _outside = run.External?.Invoke(run.Name);

    internal Run Run { get; } = run;
    internal double ExpectedMilliseconds { get; private set; }
    internal int Invocations { get; set; } = 1;
    internal string? Failure { get; set; }
    internal Timeline? Timeline { get; set; }

    /// <summary>False when it failed, or when no program here can do it and saved figures stand in.</summary>
    internal bool Runs => Failure is null && _outside?.SavedFrom is null;

    /// <summary>Whether another process does and measures the work.</summary>
    internal bool IsOutside => _outside is not null;

    /// <summary>Who does it: runs of one language and version are compared with each other.</summary>
    internal string Language => _outside?.Language ?? RunResult.CSharp;

    internal MedianInterval? Wall => _readings.Count == 0 ? null : Milliseconds(sample => sample.WallMilliseconds);

    internal void Expect(double milliseconds) => ExpectedMilliseconds = milliseconds;

    internal void Add(Reading reading) => _readings.Add(reading);

    // keep: whether it is a repeat that counts, not a warm-up.
    internal Reading Measure(int invocations, bool keep, bool record, ThreadWatch threads, CancellationToken cancel) =>
        _outside is null ? Meter.Measure(Run, invocations, record, threads, cancel) : _outside.Measure(keep, cancel);

    /// <summary>Starts what does the work outside.</summary>
    internal void Open(CancellationToken cancel) => _outside?.Open(cancel);

    /// <summary>Tells it to leave.</summary>
    internal void Close() => _outside?.Close();

    /// <summary>Ends what does the work outside.</summary>
    public void Dispose()
    {
        _outside?.Dispose();
        _readings.AddRange(_outside?.SavedReadings() ?? []);
    }

    // first: gives the answer that all others are checked against; baseline: what the speed is compared to.
    internal RunResult ToResult(MeasuredRun first, MeasuredRun baseline)
    {
        var result = Failure is not null || _readings.Count == 0
            ? new RunResult(Run.Name, Run.Workers, [], MedianInterval.None, MedianInterval.None, null, null, Agreement.NotChecked, Failure ?? "It was not measured.")
            : new RunResult(
                Run.Name,
                Run.Workers,
                [.. _readings.Select(reading => reading.Sample)],
                Milliseconds(sample => sample.WallMilliseconds),
                Milliseconds(sample => sample.CpuMilliseconds),
                SpeedUpOver(baseline),
                Timeline ?? MedianTimeline(),
                AgreementWith(first))
            {
                SavedFrom = _outside?.SavedFrom,
            };
        return result with { Kind = Run.Kind, Language = Language, ComparedTo = baseline.Run.Name };
    }

    /// <summary>Repeat by repeat: both sides of each ratio were measured within the same round.</summary>
    private MedianInterval? SpeedUpOver(MeasuredRun baseline)
    {
        if (baseline.Failure is not null || baseline._readings.Count == 0)
        {
            return null;
        }

        return MedianInterval.Of(baseline._readings.Zip(_readings, (first, own) => first.Sample.WallMilliseconds / own.Sample.WallMilliseconds));
    }

    private Agreement AgreementWith(MeasuredRun baseline)
    {
        if (ReferenceEquals(this, baseline) || baseline._readings.Count == 0 || baseline._readings[0].Answer is not { } expected)
        {
            return Agreement.NotChecked;
        }

        return _readings.All(reading => Answers.Same(expected, reading.Answer)) ? Agreement.Same : Agreement.Different;
    }

    private Timeline? MedianTimeline()
    {
        var median = Milliseconds(sample => sample.WallMilliseconds).Median;
        return _readings.MinBy(reading => Math.Abs(reading.Sample.WallMilliseconds - median))!.Timeline;
    }

    private MedianInterval Milliseconds(Func<Sample, double> figure) =>
        MedianInterval.Of(_readings.Select(reading => figure(reading.Sample)));
}
