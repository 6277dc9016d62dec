using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// Results of which some failed, as a table: read one after the other, as a notebook does it with every sequence, they would
/// throw at the first that failed, and the others would be lost. Where none failed, they are shown as any sequence.
/// </summary>
internal sealed class ResultsWithFailures(IAnswer answer) : IMimeBundle, IPictureOf<IAnswer>
{
    private const int MostRows = 50, MostLetters = 100;

    public static IMimeBundle Of(IAnswer value) => new ResultsWithFailures(value);

    public string? Show(string mimeType) => answer.Failure is { } failure ? ((IMimeBundle)Make(failure)).Show(mimeType) : null;

    private ResultTable Make(string failure)
    {
        var left = answer.Parts.Count - MostRows;
        return new ResultTable(
            Quantity.Shortened(failure, 2 * MostLetters),
            ["item", "result"],
            [.. answer.Rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[Words(row.Item), row.Error is { } error ? Words($"failed: {error.Message}") : Words(row.Result)])],
            [$"{(left > 0 ? $"{Quantity.Count(left)} more. " : "")}Failures lists the items that failed, Succeeded the results of the others."]);
    }

    private static string Words(object? value) => Quantity.Shortened(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null", MostLetters);
}
