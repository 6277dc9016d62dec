using System.Net;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What a chapter claims and whether it held on this machine: the end of every chapter.</summary>
[TypeFormatterSource(MimeTypes.Claims, MimeTypes.Html, MimeTypes.Plain)]
public sealed class Claims : IHtmlValue
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

    /// <summary>The claims as an HTML table.</summary>
    public string ToHtml()
    {
        const string Left = " style=\"text-align:left\"";
        static string Row(Claim claim) => $"<tr><td>{(claim.Holds ? "✔ holds" : "✘ not here")}</td>"
            + $"<th scope=\"row\" style=\"text-align:left;font-weight:normal\">{WebUtility.HtmlEncode(claim.Text)}{(claim.Reason is null ? "" : $"<br><em>{WebUtility.HtmlEncode(claim.Reason)}</em>")}</th>"
            + $"<td{Left}><strong>{WebUtility.HtmlEncode(claim.Measured)}</strong></td><td{Left}>{WebUtility.HtmlEncode(claim.Bound)}</td></tr>";
        var head = string.Concat(new[] { "verdict", "claim", "measured", "bound" }.Select(name => $"<th scope=\"col\"{Left}>{name}</th>"));
        return $"<table><thead><tr>{head}</tr></thead><tbody>{string.Concat(All.Select(Row))}</tbody></table>";
    }

    /// <summary>The claims as lines of text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, All.Select(claim =>
        $"{(claim.Holds ? "holds   " : "not here")}  {claim.Text}: {claim.Measured} ({claim.Bound}){(claim.Reason is null ? "" : " - " + claim.Reason)}"));

    string? IHtmlValue.Otherwise(string mimeType) => mimeType == MimeTypes.Claims ? JsonSerializer.Serialize(new { Claims = All }, CamelCase) : null;
}
