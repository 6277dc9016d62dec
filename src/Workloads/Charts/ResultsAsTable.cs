using System.Collections;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>
/// Results as a table of items: read one after the other, as a notebook does it with every sequence, they would throw at the
/// first that failed, and the others would be lost.
/// </summary>
internal sealed class ResultsAsTable(IAnswer answer) : IMimeBundle, IPictureOf<IAnswer>
{
    private const int MostRows = 50, MostLetters = 100;

    public static IMimeBundle Of(IAnswer value) => new ResultsAsTable(value);

    public string? Show(string mimeType)
    {
        string?[] notes =
        [
            answer.Parts.Count > MostRows ? $"{Quantity.Count(answer.Parts.Count - MostRows)} more." : null,
            answer.Failure is null ? null : "Failures lists the items that failed, Succeeded the results of the others.",
        ];
        IMimeBundle table = new ResultTable(
            Quantity.Shortened(answer.Failure ?? $"{Quantity.Count(answer.Parts.Count)} results", 2 * MostLetters),
            ["item", "result"],
            [.. answer.Rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[Words(row.Item), row.Error is { } error ? Words($"failed: {error.Message}") : Words(row.Result)])],
            [.. notes.OfType<string>()]);
        return table.Show(mimeType);
    }

    private static string Words(object? value) => Quantity.Shortened(
        value is IEnumerable parts and not string ? $"[{string.Join(", ", parts.Cast<object?>().Take(MostRows).Select(Words))}]" : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
        MostLetters);
}
