namespace ConcurrencyLab;

/// <summary>The same work on a growing number of workers.</summary>
/// <param name="Title">What was run.</param>
/// <param name="Points">One for each number of workers, ascending.</param>
/// <param name="SerialShare">Share of the work (0 to 1) that no worker can take off another, fitted by Amdahl's law.</param>
/// <param name="Machine">Where it was measured.</param>
public sealed partial record Scaling(
    string Title,
    IReadOnlyList<ScalingPoint> Points,
    double SerialShare,
    Machine Machine)
{
    /// <summary>Speed-up that Amdahl's law predicts: 1 / (s + (1 - s) / n). Amdahl, AFIPS 1967.</summary>
    public double Predict(int workers) => 1 / (SerialShare + (1 - SerialShare) / workers);
}

/// <summary>One point of a <see cref="Scaling"/>.</summary>
/// <param name="Workers">Degree of parallelism.</param>
/// <param name="Wall">Wall time in milliseconds.</param>
/// <param name="SpeedUp">Against one worker, repeat by repeat.</param>
public sealed record ScalingPoint(int Workers, Estimate Wall, Estimate SpeedUp);
