using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>How long the book takes from top to bottom, and whether its claims hold.</summary>
internal static partial class Book
{
    internal static async Task<Part> MeasureAsync()
    {
        await LabCommand.BuildAsync();
        using var folder = new TemporaryFolder();
        var began = Stopwatch.GetTimestamp();
        var said = LabCommand.Run("run", "--all", "-o", folder.Path);
        var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var held = said.Split('\n').LastOrDefault(line => line.Contains(" claims hold on this machine", StringComparison.Ordinal))?.Trim();
        return new Part("book", "how long does the book take?",
            [
                Finding.Alone("the whole book, starting and writing included", "s", [took]),
                .. Chapter().Matches(said).Select(match => Finding.Alone($"— {match.Groups[1].Value}", "s", [double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)])),
            ],
            [held ?? "It did not say how many claims held.", .. Failing(said)], []);
    }

    /// <summary>The rows of the claims' table that do not hold, each with what was measured and what was claimed.</summary>
    private static IEnumerable<string> Failing(string said) => said.Split('\n')
        .Where(line => line.StartsWith('│') && line.Contains("does not", StringComparison.Ordinal))
        .Select(line => string.Join(", ", line.Split('│', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)));

    [GeneratedRegex(@"\] (\S+): done in ([\d.]+) s")]
    private static partial Regex Chapter();
}
