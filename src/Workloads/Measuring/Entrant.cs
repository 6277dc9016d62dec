namespace ConcurrencyLab;

/// <summary>One way in a comparison while it is being measured.</summary>
internal sealed class Entrant(Run run)
{
    private readonly List<Meter.Reading> _readings = [];

    internal Run Run { get; } = run;
    internal double ExpectedMilliseconds { get; private set; }
    internal int Invocations { get; set; } = 1;
    internal string? Failure { get; set; }
    internal Timeline? Timeline { get; set; }

    internal Estimate? Wall => _readings.Count == 0 ? null : Milliseconds(sample => sample.WallMilliseconds);

    internal void Expect(double milliseconds) => ExpectedMilliseconds = milliseconds;

    internal void Add(Meter.Reading reading) => _readings.Add(reading);

    internal RunResult ToResult(Entrant baseline)
    {
        if (Failure is not null || _readings.Count == 0)
        {
            return new RunResult(Run.Name, Run.Workers, [], default, default, null, null, Agreement.NotChecked, Failure ?? "It was not measured.");
        }

        return new RunResult(
            Run.Name,
            Run.Workers,
            [.. _readings.Select(reading => reading.Sample)],
            Milliseconds(sample => sample.WallMilliseconds),
            Milliseconds(sample => sample.ProcessorMilliseconds),
            SpeedUpOver(baseline),
            Timeline ?? MedianTimeline(),
            AgreementWith(baseline));
    }

    /// <summary>Repeat by repeat: both sides of each ratio were measured within the same round.</summary>
    private Estimate? SpeedUpOver(Entrant baseline)
    {
        if (baseline.Failure is not null || baseline._readings.Count == 0)
        {
            return null;
        }

        return Estimate.Of(baseline._readings.Zip(_readings, (first, own) => first.Sample.WallMilliseconds / own.Sample.WallMilliseconds));
    }

    private Agreement AgreementWith(Entrant baseline)
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

    private Estimate Milliseconds(Func<Sample, double> figure) =>
        Estimate.Of(_readings.Select(reading => figure(reading.Sample)));
}
