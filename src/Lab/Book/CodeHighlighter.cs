using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ColorCode;

namespace ConcurrencyLab.Lab.Book;

/// <summary>Code as HTML with a class for each kind of word; the page's style sheet gives them colours.</summary>
internal static partial class CodeHighlighter
{
    /// <summary>The inside of a <c>pre</c> element.</summary>
    /// <param name="language">Its name as a Markdown fence has it, <c>csharp</c> or <c>python</c> for example; unknown ones stay plain.</param>
    public static string ToHtml(string code, string? language)
    {
        if (language?.ToLowerInvariant() is "csharp" or "cs" or "c#") return CSharpHighlighter.ToHtml(code);
        if (language is not { Length: > 0 } || Languages.FindById(language) is not { } known) return WebUtility.HtmlEncode(code);
        // Only the coloured words are wanted; the element around them is the page's.
        return Frame().Replace(new HtmlClassFormatter().GetHtmlString(code, known), "").Trim('\r', '\n');
    }

    /// <summary>The same of a cell, whose language may change at a magic that names another: <c>#!python</c>.</summary>
    /// <param name="language">The notebook's own.</param>
    public static string CellToHtml(string code, string language)
    {
        var html = new StringBuilder();
        var end = 0;
        foreach (Match magic in LanguageMagic().Matches(code))
        {
            AppendLines(html, code[end..magic.Index], language);
            Append(html, magic.Value, "directive");
            (end, language) = (magic.Index + magic.Length, magic.Groups["language"].Value);
        }

        AppendLines(html, code[end..], language);
        return html.ToString();
    }

    // The line ends around a piece are kept, the highlighter would take them away.
    private static void AppendLines(StringBuilder html, string lines, string language)
    {
        var words = lines.Trim('\n');
        var start = lines.IndexOf(words, StringComparison.Ordinal);
        html.Append('\n', start).Append(ToHtml(words, language)).Append('\n', lines.Length - start - words.Length);
    }

    [GeneratedRegex(@"^#!(?<language>python|csharp|c#|javascript|html|markdown|mermaid)(?:[ \t].*)?$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LanguageMagic();

    [GeneratedRegex("""^<div class="[^"]*"><pre>|</pre></div>$""", RegexOptions.CultureInvariant)]
    private static partial Regex Frame();

    internal static void Append(StringBuilder html, string text, string? kind)
    {
        if (text.Length == 0) return;
        if (kind is null) html.Append(WebUtility.HtmlEncode(text));
        else html.Append("<span class=\"").Append(kind).Append("\">").Append(WebUtility.HtmlEncode(text)).Append("</span>");
    }
}
