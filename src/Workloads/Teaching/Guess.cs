namespace ConcurrencyLab;

/// <summary>
/// A learner's guess in milliseconds for each run, made before measuring:
/// <code>var guess = new Guess { ["sequential"] = 1000, ["async"] = 100 };</code>
/// </summary>
public sealed class Guess
{
    private readonly Dictionary<string, double> _milliseconds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The guess for one run, in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Time is not negative, and a guess is a number.</exception>
    public double this[string run]
    {
        get => _milliseconds[run];
        set => _milliseconds[run] = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Guess a time in milliseconds for \"{run}\", 0 or more.");
    }

    /// <summary>The guesses beside what was measured.</summary>
    /// <exception cref="ArgumentException">A guess names a run that the comparison does not have.</exception>
    public Figure Beside(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var unknown = _milliseconds.Keys.FirstOrDefault(name => !comparison.Runs.Any(run => string.Equals(run.Name, name, StringComparison.OrdinalIgnoreCase)));
        return unknown is null
            ? Charts.GuessFigure(comparison, _milliseconds)
            : throw new ArgumentException($"You guessed a time for \"{unknown}\", but the runs are: {string.Join(", ", comparison.Runs.Select(run => run.Name))}.");
    }
}
