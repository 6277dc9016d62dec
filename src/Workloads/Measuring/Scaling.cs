namespace ConcurrencyLab;

/// <summary>The same work on a growing number of workers.</summary>
/// <param name="Title">What was run.</param>
/// <param name="Points">One for each number of workers, ascending.</param>
/// <param name="SerialShare">Share of the work (0 to 1) that no worker can take off another, fitted by Amdahl's law; null when
/// no number of workers between 2 and the number of cores was measured, to which it could be fitted.</param>
/// <param name="Machine">Where it was measured.</param>
[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed record Scaling(
    string Title,
    IReadOnlyList<ScalingPoint> Points,
    double? SerialShare,
    Machine Machine)
{
    /// <inheritdoc cref="Comparison.BusyBeside"/>
    public double BusyBeside { get; init; }

    /// <inheritdoc cref="Comparison.Where"/>
    internal string Where => Machine.Subtitle + (Quiet.Warning(BusyBeside) is { } warning ? " · " + warning : "");

    /// <summary>The chart in words.</summary>
    public override string ToString() => ShownAsAttribute.Of(this)?.Show(MimeTypes.Plain) ?? Title;

    /// <summary>Speed-up that Amdahl's law predicts: 1 / (s + (1 - s) / n). Amdahl, AFIPS 1967. Null without a fit.</summary>
    public double? Predict(double workers) => 1 / (SerialShare + (1 - SerialShare) / workers);

    /// <summary>Measures one run for each number of workers and fits Amdahl's law to what came out.</summary>
    /// <param name="title">What is run.</param>
    /// <param name="workers">Numbers of workers; 1 is added when it is missing.</param>
    /// <param name="run">Makes the run for a number of workers, for example <c>n => Run.ParallelForEach(items, work, n)</c>.</param>
    /// <param name="options">How carefully; the usual care when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of workers is less than 1.</exception>
    /// <exception cref="InvalidOperationException">One of the runs failed.</exception>
    public static async Task<Scaling> Over(string title, IEnumerable<int> workers, Func<int, Run> run, MeasureOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workers);
        ArgumentNullException.ThrowIfNull(run);
        int[] counts = [.. workers.Append(1).Distinct().Order()];
        ArgumentOutOfRangeException.ThrowIfLessThan(counts[0], 1, nameof(workers));
        var runs = counts.Select(count => run(count).Renamed($"{count} workers")).ToArray();
        var comparison = await Compare.Runs(title, options ?? new MeasureOptions(), runs).ConfigureAwait(false);
        if (comparison.Runs.FirstOrDefault(one => !one.Succeeded) is { } failed)
        {
            throw new InvalidOperationException($"With {failed.Name} the work failed. {failed.Failure}");
        }

        ScalingPoint[] points = [.. comparison.Runs.Select((one, index) => new ScalingPoint(counts[index], one.Wall, one.SpeedUp!.Value))];
        return new Scaling(title, points, FitSerialShare(points), comparison.Machine) { BusyBeside = comparison.BusyBeside };
    }

    /// <summary>
    /// The serial share of Amdahl's law that fits best: 1/S = s + (1 - s)/n is linear in s, so least squares has a closed
    /// form. Held between 0 and 1: noise and more workers than cores would push it out. Null without a point to fit it to.
    /// </summary>
    internal static double? FitSerialShare(IReadOnlyList<ScalingPoint> points)
    {
        double products = 0, squares = 0;
        foreach (var point in points.Where(point => point.Workers > 1 && point.Workers <= Environment.ProcessorCount))
        {
            var weight = 1 - 1.0 / point.Workers;
            products += (1 / point.SpeedUp.Median - 1.0 / point.Workers) * weight;
            squares += weight * weight;
        }

        return squares == 0 ? null : Math.Clamp(products / squares, 0, 1);
    }
}

/// <summary>One point of a <see cref="Scaling"/>.</summary>
/// <param name="Workers">Degree of parallelism.</param>
/// <param name="Wall">Wall time in milliseconds.</param>
/// <param name="SpeedUp">Against one worker, repeat by repeat.</param>
public sealed record ScalingPoint(int Workers, MedianInterval Wall, MedianInterval SpeedUp);
