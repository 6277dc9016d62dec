using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// A learner's guess whether each job waits or computes, made before measuring:
/// <code>var guess = new WorkKindGuess { ["network"] = "waits", ["compression"] = "computes" };</code>
/// </summary>
public sealed class WorkKindGuess
{
    private readonly Dictionary<string, WorkKind> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The guess for one work: <c>waits</c>, <c>computes</c> or <c>both</c>.</summary>
    /// <exception cref="ArgumentException">It is none of these words.</exception>
    public string this[string work]
    {
        get => _kinds[work].Word();
        set => _kinds[work] = WorkKinds.Parse(value);
    }

    /// <summary>Each work with its two times, what they say of it, and the guess.</summary>
    /// <exception cref="ArgumentException">A guess names a work that the comparison does not have.</exception>
    public ResultTable Beside(Comparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        var unknown = _kinds.Keys.FirstOrDefault(name => !comparison.Runs.Any(run => string.Equals(run.Name, name, StringComparison.OrdinalIgnoreCase)));
        if (unknown is not null)
        {
            throw new ArgumentException($"You guessed for \"{unknown}\", but the works are: {string.Join(", ", comparison.Runs.Select(run => run.Name))}.");
        }

        var guessed = comparison.Runs.Where(run => run.Succeeded && _kinds.ContainsKey(run.Name)).ToList();
        var right = guessed.Count(run => _kinds[run.Name] == WorkKinds.Of(run));
        return new ResultTable(
            $"{comparison.Title} ({comparison.Where})",
            ["work", "wall time", "processor time", "a core is busy", "it", "your guess", ""],
            [.. comparison.Runs.Select(Row)],
            [
                "Busy: processor time over wall time. Up to a third we say it waits, from two thirds on it computes.",
                .. guessed.Count == 0 ? Array.Empty<string>() : [string.Create(CultureInfo.InvariantCulture, $"You guessed {right} of {guessed.Count}.")],
            ]);
    }

    private IReadOnlyList<string> Row(RunResult run)
    {
        if (!run.Succeeded)
        {
            return [run.Name, "failed", "", "", "", "", Quantity.Shortened(run.Failure!, 60)];
        }

        var kind = WorkKinds.Of(run);
        var guess = _kinds.TryGetValue(run.Name, out var guessed) ? guessed.Word() : "";
        return
        [
            run.Name, Quantity.Time(run.Wall.Median) + run.Note, Quantity.Time(run.CpuTime.Median) + run.Note, Quantity.Percent(run.CpuUtilization), kind.Word(), guess,
            guess.Length == 0 ? "" : guessed == kind ? "right" : "a surprise",
        ];
    }
}
