using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What a chapter claims and whether it held on this machine: the end of every chapter.</summary>
[TypeFormatterSource(MimeTypes.Claims, MimeTypes.Markdown, MimeTypes.Plain)]
public sealed class Claims : IMarkdownValue
{
    private static readonly JsonSerializerOptions CamelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private Claims(IReadOnlyList<Claim> all) => All = all;

    /// <summary>The claims in the order of the cell.</summary>
    public IReadOnlyList<Claim> All { get; }

    /// <summary>Collects claims; return the result from the cell.</summary>
    /// <exception cref="ArgumentException">There is none, or one is null.</exception>
    public static Claims Check(params Claim[] claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (Array.IndexOf(claims, null) is >= 0 and var place) throw new ArgumentException($"Claim {place + 1} of {claims.Length} is null.", nameof(claims));
        return claims.Length == 0 ? throw new ArgumentException("Claim something.", nameof(claims)) : new Claims(claims);
    }

    /// <summary>The claims as a Markdown table.</summary>
    public string ToMarkdown() => MarkdownText.Table(["verdict", "claim", "measured", "bound"], All.Select(claim => (string[])[
        claim.Holds ? "✔ holds" : "✘ not here",
        $"{MarkdownText.Escape(claim.Text)} {MarkdownText.Emphasis(claim.Reason ?? "")}".TrimEnd(),
        MarkdownText.Bold(claim.Measured),
        MarkdownText.Escape(claim.Bound),
    ]));

    /// <summary>The claims as lines of text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, All.Select(claim =>
        $"{(claim.Holds ? "holds   " : "not here")}  {claim.Text}: {claim.Measured} ({claim.Bound}){(claim.Reason is null ? "" : " - " + claim.Reason)}"));

    string? IMarkdownValue.Otherwise(string mimeType) => mimeType == MimeTypes.Claims ? JsonSerializer.Serialize(new { Claims = All }, CamelCase) : null;
}
