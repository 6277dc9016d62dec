using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Kernel.Cells;

/// <summary>Reads the cells of a file that <c>#!import</c> names.</summary>
internal static class ImportedFile
{
    /// <summary>The cells of a notebook with their languages, or the whole of a source file.</summary>
    /// <param name="path">A <c>.cs</c>, <c>.csx</c>, <c>.py</c> or <c>.ipynb</c> file.</param>
    /// <exception cref="FormatException">Neither a source file nor a notebook.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IReadOnlyList<(string Source, string? Language)> Read(string path)
    {
        if (!File.Exists(path)) throw new FileNotFoundException($"there is no file {path}.");
        var text = File.ReadAllText(path);
        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".CS" or ".CSX" => [(text, null)],
            ".PY" => [(text, "python")],
            ".IPYNB" => Cells(text),
            var other => throw new FormatException($"a {other.ToLowerInvariant()} file cannot be imported; .cs, .csx, .py and .ipynb can."),
        };
    }

    private static List<(string Source, string? Language)> Cells(string notebook)
    {
        try
        {
            using var document = JsonDocument.Parse(notebook);
            return [.. document.RootElement.GetProperty("cells").EnumerateArray()
                .Where(cell => cell.GetProperty("cell_type").GetString() is "code")
                .Select(cell => (SourceOf(cell), cell.TryGetProperty("metadata", out var metadata) ? CellLanguage.In(JsonObject.Create(metadata)) : null))];
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("the notebook is not valid: " + exception.Message);
        }
    }

    private static string SourceOf(JsonElement cell) => cell.GetProperty("source") is { ValueKind: JsonValueKind.Array } lines
        ? string.Concat(lines.EnumerateArray().Select(line => line.GetString()))
        : cell.GetProperty("source").GetString() ?? "";
}
