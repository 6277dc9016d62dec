using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Lab.Notebooks;

/// <summary>What a notebook's metadata says of the run that its saved outputs come from.</summary>
/// <param name="Code">SHA-256 over the code cells that were run.</param>
/// <param name="Outputs">SHA-256 over what they showed.</param>
/// <param name="Date">Day of the run, UTC, as <c>yyyy-MM-dd</c>.</param>
/// <param name="Cores">Logical processors that the run could use.</param>
public sealed record SavedRun(string Code, string Outputs, string Date, string Runtime, string Processor, int Cores, string System)
{
    /// <summary>The member of the notebook's metadata that holds it.</summary>
    public const string Key = "concurrency_lab";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static SavedRun Now(Notebook executed) => new(
        CodeHash(executed),
        OutputsHash(executed),
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        RuntimeInformation.FrameworkDescription,
        ProcessorName.Here,
        Environment.ProcessorCount,
        RuntimeInformation.OSDescription);

    /// <summary>Reads it from a notebook's metadata; null when there is none or it is damaged.</summary>
    public static SavedRun? Of(Notebook notebook)
    {
        try
        {
            return notebook.Metadata[Key]?.Deserialize<SavedRun>(Json) is { Code: not null, Outputs: not null } run ? run : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void WriteTo(Notebook notebook) => notebook.Metadata[Key] = JsonSerializer.SerializeToNode(this, Json);

    /// <summary>Hash of the code that was run: cell order and text count, trailing blanks and prose do not.</summary>
    public static string CodeHash(Notebook notebook) => Hash(notebook.CodeCells.Select(cell => cell.Source.TrimEnd()));

    /// <summary>Hash of everything the cells show, however a front end lays the JSON out.</summary>
    public static string OutputsHash(Notebook notebook) => Hash(notebook.CodeCells.Select(cell =>
        NotebookJson.Write(new JsonArray([.. cell.Outputs.Select(Canonical)]))));

    // Front ends join or split lines, renumber, and add empty metadata when they save: none of that is an edit.
    private static JsonNode Canonical(JsonObject output)
    {
        var canonical = output.DeepClone().AsObject();
        canonical.Remove("execution_count");
        canonical.Remove("transient");
        if (canonical["metadata"] is JsonObject { Count: 0 }) canonical.Remove("metadata");
        if (MultilineText.Join(canonical["text"]) is { } text) canonical["text"] = text;
        if (canonical["data"] is JsonObject data)
        {
            foreach (var mimeType in data.Select(item => item.Key).ToArray())
            {
                var lines = MultilineText.IsStoredAsLines(mimeType) || data[mimeType] is JsonValue;
                if (lines && MultilineText.Join(data[mimeType]) is { } content) data[mimeType] = content.TrimEnd('\n');
            }
        }
        return canonical;
    }

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            // The length keeps a text from moving into the next cell unnoticed.
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
