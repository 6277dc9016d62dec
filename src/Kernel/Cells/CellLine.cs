using System.Text;
using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Cells;

/// <summary>A line of a cell, and what it belongs to.</summary>
/// <param name="Start">UTF-16 index in the cell.</param>
/// <param name="Text">The line without its end.</param>
/// <param name="Magic">The name of the magic that it is; null when it is none.</param>
/// <param name="Argument">What follows the magic's name.</param>
/// <param name="TextType">The MIME type of the text that it belongs to; null for C#.</param>
internal sealed partial record CellLine(int Start, string Text, string? Magic, string Argument, string? TextType)
{
    /// <summary>The MIME type of Python, which unlike other texts is run and not shown.</summary>
    public const string Python = "text/x-python";

    private const string Probe = "#!probe";

    private static readonly Dictionary<string, string> TextTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["markdown"] = "text/markdown",
        ["html"] = "text/html",
        ["mermaid"] = "text/vnd.mermaid",
        ["javascript"] = "application/javascript",
        ["js"] = "application/javascript",
        ["python"] = Python,
    };

    /// <summary>The lines of a cell, finished or not.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="textType">The MIME type of the text with which it begins; null for C#.</param>
    public static IEnumerable<CellLine> Of(string cell, string? textType = null)
    {
        var code = new StringBuilder();
        for (var start = 0; start <= cell.Length;)
        {
            var end = cell.IndexOf('\n', start) is var found and >= 0 ? found : cell.Length;
            var text = cell[start..end].TrimEnd('\r');
            var match = MagicLine().Match(text);
            var name = match.Groups[1].Value;
            var changes = IsCSharp(name) || TextTypes.ContainsKey(name);
            if (match.Success && (textType is null ? !IsInsideToken(code.ToString()) : changes || textType == Python && IsForAnyLanguage(name)))
            {
                if (changes) textType = TextTypes.GetValueOrDefault(name);
                code.Clear();
                yield return new CellLine(start, text, name, match.Groups[2].Value.Trim(), textType);
            }
            else
            {
                if (textType is null) code.Append(text).Append('\n');
                yield return new CellLine(start, text, null, "", textType);
            }

            start = end + 1;
        }
    }

    /// <summary>The MIME type of a language that is not C#; null for those that are unknown here.</summary>
    public static string? TextTypeOf(string language) => TextTypes.GetValueOrDefault(language);

    /// <summary>True of the magics that say that C# follows.</summary>
    public static bool IsCSharp(string magic) => magic is "csharp" or "c#" or "C#";

    /// <summary>True of the magics that do the same in C# and in Python.</summary>
    private static bool IsForAnyLanguage(string magic) => magic is "share" or "set" or "time";

    /// <summary>True when what follows a piece of code is part of a string or comment that began in it, whatever it looks like.</summary>
    private static bool IsInsideToken(string before)
    {
        if (!before.Contains("\"\"\"", StringComparison.Ordinal) && !before.Contains("@\"", StringComparison.Ordinal)
            && !before.Contains("/*", StringComparison.Ordinal)) return false;
        var root = CSharpSyntaxTree.ParseText(before + Probe, SubmissionChain.ParseOptions).GetRoot();
        return !root.DescendantTrivia(descendIntoTrivia: true).Any(trivia =>
            trivia.SpanStart == before.Length && (trivia.IsDirective || trivia.IsKind(SyntaxKind.BadDirectiveTrivia)));
    }

    [GeneratedRegex(@"^#!([A-Za-z#][\w#-]*)(.*)$")]
    private static partial Regex MagicLine();
}
