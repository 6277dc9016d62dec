using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Claims;

/// <summary>A sentence of a chapter, checked against what was just measured.</summary>
/// <param name="Measured">The figure of this run, with its unit.</param>
/// <param name="Bound">What the figure must keep to.</param>
/// <param name="Reason">Why it does not, or could not be measured here; null when there is nothing to say.</param>
public sealed record Claim(string Text = "(a claim without text)", string Measured = "", string Bound = "", bool Holds = false, string? Reason = null)
{
    /// <summary>The MIME type by which a cell shows its claims.</summary>
    public const string MimeType = "application/vnd.concurrencylab.claims+json";

    /// <summary>All claims that the cells of an executed notebook show, in their order.</summary>
    public static IReadOnlyList<Claim> Of(Notebook executed) =>
        [.. executed.Cells.SelectMany(cell => cell.Outputs).Select(output => output["data"]).OfType<JsonObject>().SelectMany(Of)];

    /// <summary>The claims of one output's bundle.</summary>
    public static IReadOnlyList<Claim> Of(JsonObject bundle)
    {
        try
        {
            return bundle[MimeType] is JsonObject shown ? shown["claims"].Deserialize<Claim[]>(JsonSerializerOptions.Web) ?? [] : [];
        }
        catch (JsonException)
        {
            return []; // Another program's, under our name.
        }
    }
}
