using System.Text.RegularExpressions;

namespace ConcurrencyLab.Charting;

/// <summary>Pieces of Markdown (CommonMark with GitHub's tables), in which values show themselves.</summary>
public static partial class MarkdownText
{
    /// <summary>Words on one line in which nothing means anything to Markdown.</summary>
    public static string Escape(string text) => Special().Replace(text.ReplaceLineEndings(" ").Trim(), @"\$0");

    /// <summary>Words that stand out; nothing for no words.</summary>
    public static string Bold(string text) => text.Length == 0 ? "" : $"**{Escape(text)}**";

    /// <summary>Words that stand back; nothing for no words.</summary>
    public static string Emphasis(string text) => text.Length == 0 ? "" : $"*{Escape(text)}*";

    /// <summary>Lines of code, coloured where the page can.</summary>
    public static string Code(string lines, string language = "csharp") => $"```{language}\n{lines.ReplaceLineEndings("\n").Trim('\n')}\n```";

    /// <summary>Blocks below each other, without those of no words.</summary>
    public static string Blocks(params IEnumerable<string> blocks) => string.Join("\n\n", blocks.Where(block => block.Length > 0));

    /// <summary>Rows and columns.</summary>
    /// <param name="head">The headings, as words.</param>
    /// <param name="rows">The cells, as Markdown.</param>
    /// <param name="figures">Whether all columns but the first stand to the right.</param>
    public static string Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows, bool figures = false)
    {
        static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
        return string.Join("\n", [Row(head.Select(Escape)), Row(head.Select((_, column) => figures && column > 0 ? "--:" : ":--")), .. rows.Select(Row)]);
    }

    // Anywhere what marks words, begins a link, a tag, a formula or a cell; at the beginning what makes a list, a heading or a rule.
    [GeneratedRegex(@"[\\`*_{}\[\]<>&|~$^#+=]|^[-:]|(?<=^\d+)[.)](?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Special();
}
