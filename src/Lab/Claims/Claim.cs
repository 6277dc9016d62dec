using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Lab.Claims;

/// <summary>A sentence of a chapter, checked against what was just measured.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Measured">The figure of this run, with its unit.</param>
/// <param name="Bound">What the figure must keep to.</param>
/// <param name="Holds">Whether it does.</param>
/// <param name="Reason">Why it does not, or could not be measured here; null when there is nothing to say.</param>
public sealed record Claim(string Text, string Measured, string Bound, bool Holds, string? Reason)
{
    /// <summary>The MIME type by which a cell shows its claims.</summary>
    public const string MimeType = "application/vnd.concurrencylab.claims+json";

    /// <summary>All claims that the cells of an executed notebook show, in their order.</summary>
    public static IReadOnlyList<Claim> Of(Notebook executed) =>
        [.. executed.Cells.SelectMany(cell => cell.Outputs).Select(output => output["data"] as JsonObject).OfType<JsonObject>().SelectMany(Of)];

    /// <summary>The claims of one output's bundle.</summary>
    public static IReadOnlyList<Claim> Of(JsonObject bundle) => [.. Read(bundle[MimeType])];

    private static IEnumerable<Claim> Read(JsonNode? node) =>
        node?["claims"] is JsonArray claims ? claims.OfType<JsonObject>().Select(Read) : [];

    private static Claim Read(JsonObject claim) => new(
        Member(claim, "text") ?? "(a claim without text)",
        Member(claim, "measured") ?? "",
        Member(claim, "bound") ?? "",
        claim["holds"]?.GetValueKind() == JsonValueKind.True,
        Member(claim, "reason"));

    private static string? Member(JsonObject claim, string name) =>
        claim[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
