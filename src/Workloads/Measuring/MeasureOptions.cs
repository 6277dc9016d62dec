using System.Globalization;

namespace ConcurrencyLab;

/// <summary>How carefully to measure.</summary>
public sealed record MeasureOptions
{
    private const string Variable = "CONCURRENCYLAB_MEASURE_SECONDS";
    private const double Usual = 4;

    /// <summary>Unmeasured runs of each way first: the compiler and the connections warm up in them. A short one runs once more.</summary>
    public int WarmUps { get; init; } = 1;

    /// <summary>Fewest measured repeats of each way, unless even those would take three times <see cref="Budget"/>.</summary>
    public int MinRepeats { get; init; } = 3;

    /// <summary>Most measured repeats of each way.</summary>
    public int MaxRepeats { get; init; } = 15;

    /// <summary>
    /// Time for the measured repeats of all ways together; 4 seconds unless the environment variable
    /// <c>CONCURRENCYLAB_MEASURE_SECONDS</c> says otherwise (more for steadier figures, less for a quick look). With no time
    /// at all each way runs once, unwarmed, which shows that it runs and not how fast.
    /// </summary>
    /// <exception cref="InvalidOperationException">The variable says something else than seconds.</exception>
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(UsualSeconds);

    /// <summary>Repeating ends early once every interval's half-width is within this share of its median.</summary>
    public double Spread { get; init; } = 0.03;

    /// <summary>Longest wait, before the first measured repeat, for the rest of this process to be quiet.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether timelines are recorded. Recording costs well under a microsecond an item; leave it off for empty work.</summary>
    public bool RecordSpans { get; init; } = true;

    /// <summary>Told before each repeat.</summary>
    public IProgress<MeasureProgress>? Progress { get; init; }

    /// <summary>Ends the measurement.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>The usual care in less time, or more.</summary>
    /// <param name="seconds">The <see cref="Budget"/>, where the usual one is 4 seconds; it shrinks and grows with that.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not above 0.</exception>
    public static MeasureOptions Within(double seconds) => seconds > 0 && double.IsFinite(seconds)
        ? new MeasureOptions { Budget = TimeSpan.FromSeconds(seconds * UsualSeconds / Usual) }
        : throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Give the measuring a time in seconds, above 0.");

    private static double UsualSeconds
    {
        get
        {
            if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text) return Usual;
            return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 3600
                ? seconds
                : throw new InvalidOperationException($"{Variable} is \"{text}\": set it to seconds from 0 to 3600, as in 0.5, or unset it.");
        }
    }
}

/// <summary>Where a measurement stands.</summary>
/// <param name="Run">The way that runs next.</param>
/// <param name="Repeat">0 for the warm-up, then 1, 2, 3, ...</param>
public readonly record struct MeasureProgress(string Run, int Repeat);
