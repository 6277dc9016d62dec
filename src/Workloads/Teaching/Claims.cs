using System.Net;
using System.Text;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What a chapter claims and whether it held on this machine: the end of every chapter.</summary>
[TypeFormatterSource(MimeTypes.Claims, MimeTypes.Html, MimeTypes.Plain)]
public sealed class Claims : IMimeBundle
{
    private static readonly JsonSerializerOptions CamelCase = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private Claims(IReadOnlyList<Claim> all) => All = all;

    /// <summary>The claims in the order of the cell.</summary>
    public IReadOnlyList<Claim> All { get; }

    /// <summary>Collects claims; return the result from the cell.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Claims Check(params Claim[] claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return claims.Length == 0 ? throw new ArgumentException("Claim something.", nameof(claims)) : new Claims(claims);
    }

    /// <summary>The claims as an HTML table.</summary>
    public string ToHtml()
    {
        const string Left = " style=\"text-align:left\"";
        var html = new StringBuilder($"<table><thead><tr><th scope=\"col\"{Left}>verdict</th><th scope=\"col\"{Left}>claim</th><th scope=\"col\"{Left}>measured</th><th scope=\"col\"{Left}>bound</th></tr></thead><tbody>");
        foreach (var claim in All)
        {
            html.Append("<tr><td>").Append(claim.Holds ? "✔ holds" : "✘ not here")
                .Append("</td><th scope=\"row\" style=\"text-align:left;font-weight:normal\">").Append(WebUtility.HtmlEncode(claim.Text));
            if (claim.Reason is not null)
            {
                html.Append("<br><em>").Append(WebUtility.HtmlEncode(claim.Reason)).Append("</em>");
            }

            html.Append($"</th><td{Left}><strong>").Append(WebUtility.HtmlEncode(claim.Measured))
                .Append($"</strong></td><td{Left}>").Append(WebUtility.HtmlEncode(claim.Bound)).Append("</td></tr>");
        }

        return html.Append("</tbody></table>").ToString();
    }

    /// <summary>The claims as lines of text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, All.Select(claim =>
        $"{(claim.Holds ? "holds   " : "not here")}  {claim.Text}: {claim.Measured} ({claim.Bound}){(claim.Reason is null ? "" : " - " + claim.Reason)}"));

    string? IMimeBundle.Show(string mimeType) => mimeType switch
    {
        MimeTypes.Claims => JsonSerializer.Serialize(new { Claims = All }, CamelCase),
        MimeTypes.Html => ToHtml(),
        MimeTypes.Plain => ToString(),
        _ => null,
    };
}
