using System.Text;
using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Cells;

/// <summary>Splits a cell at its magics (<c>#!...</c>) and takes out its <c>#r</c> directives.</summary>
internal static partial class CellParser
{
    /// <summary>The magics this kernel carries out, as a message lists them.</summary>
    public const string Supported = "#!time, #!import, #!csharp, #!markdown, #!html, #!mermaid, #!javascript";

    private static readonly Dictionary<string, string> TextLanguages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["markdown"] = "text/markdown",
        ["html"] = "text/html",
        ["mermaid"] = "text/vnd.mermaid",
        ["javascript"] = "application/javascript",
        ["js"] = "application/javascript",
    };

    /// <summary>The pieces of a cell in the order of the text.</summary>
    /// <exception cref="CellSyntaxException">A magic is unknown or incomplete.</exception>
    public static IReadOnlyList<CellPart> Parse(string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        if (!source.Contains("#!", StringComparison.Ordinal) && !source.Contains("#r", StringComparison.Ordinal))
            return [new CSharpPart(source, [])];

        List<CellPart> parts = [];
        List<string> text = [];
        string? textType = null;
        var code = new string[lines.Length];
        Array.Fill(code, "");
        for (var index = 0; index < lines.Length; index++)
        {
            var magic = Magic().Match(lines[index]);
            if (textType is not null && !(magic.Success && IsLanguage(magic.Groups[1].Value)))
            {
                text.Add(lines[index]);
                continue;
            }

            if (!magic.Success || IsInsideToken(code, index))
            {
                code[index] = lines[index];
                continue;
            }

            Close();
            Open(magic.Groups[1].Value, magic.Groups[2].Value.Trim(), index + 1);
        }

        Close();
        return parts;

        void Close()
        {
            if (textType is not null) parts.Add(new TextPart(textType, string.Join('\n', text).Trim('\n')));
            else if (code.Any(line => !string.IsNullOrWhiteSpace(line))) parts.Add(ToCSharp(code));
            textType = null;
            text.Clear();
            Array.Fill(code, "");
        }

        void Open(string name, string argument, int line)
        {
            if (TextLanguages.TryGetValue(name, out var mimeType))
            {
                textType = mimeType;
                // "#!markdown # Title" on one line is text too.
                if (argument.Length > 0) text.Add(argument);
            }
            else if (name is "time") parts.Add(new TimePart());
            else if (name is "import") parts.Add(new ImportPart(ImportedPath(argument, line), line));
            else if (!IsCSharp(name))
                throw new CellSyntaxException($"There is no magic #!{name} here; this kernel knows {Supported}.", line);
        }
    }

    /// <summary>What the rest of a cell is after a line: true text of another language, false C#; null when the line does not say.</summary>
    public static bool? LanguageOf(string line) =>
        Magic().Match(line.TrimEnd('\r')) is not { Success: true } magic ? null
        : TextLanguages.ContainsKey(magic.Groups[1].Value) ? true
        : IsCSharp(magic.Groups[1].Value) ? false : null;

    private static bool IsCSharp(string name) => name is "csharp" or "c#" or "C#";

    private static bool IsLanguage(string name) => IsCSharp(name) || TextLanguages.ContainsKey(name);

    private static string ImportedPath(string argument, int line)
    {
        var path = argument.Trim().Trim('"');
        return path.Length > 0
            ? path
            : throw new CellSyntaxException("#!import needs a file: #!import \"helpers.cs\".", line);
    }

    /// <summary>True when a line that looks like a magic is in fact part of a string or comment that began above.</summary>
    private static bool IsInsideToken(string[] code, int index)
    {
        var before = string.Join('\n', code[..index]);
        if (!before.Contains("\"\"\"", StringComparison.Ordinal) && !before.Contains("@\"", StringComparison.Ordinal)
            && !before.Contains("/*", StringComparison.Ordinal)) return false;
        var probe = before + "\n#!probe";
        var root = CSharpSyntaxTree.ParseText(probe, SubmissionChain.ParseOptions).GetRoot();
        return !root.DescendantTrivia(descendIntoTrivia: true).Any(trivia =>
            trivia.SpanStart == probe.Length - "#!probe".Length && (trivia.IsDirective || trivia.IsKind(SyntaxKind.BadDirectiveTrivia)));
    }

    private static CSharpPart ToCSharp(string[] code)
    {
        var source = string.Join('\n', code);
        if (!source.Contains("#r", StringComparison.Ordinal)) return new CSharpPart(source, []);
        List<ReferenceDirective> references = [];
        var blanked = new StringBuilder(source);
        var tree = CSharpSyntaxTree.ParseText(source, SubmissionChain.ParseOptions);
        foreach (var trivia in tree.GetRoot().DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.ReferenceDirectiveTrivia)))
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            var match = Reference().Match(trivia.ToFullString());
            if (!match.Success)
                throw new CellSyntaxException("#r needs a file or a package in quotes: #r \"nuget: Name, 1.2.3\".", line);
            references.Add(new ReferenceDirective(match.Groups[1].Value.Trim(), line));
            for (var index = trivia.FullSpan.Start; index < trivia.FullSpan.End; index++)
                if (blanked[index] is not '\n') blanked[index] = ' ';
        }

        return new CSharpPart(blanked.ToString(), references);
    }

    [GeneratedRegex(@"^#!([A-Za-z#][\w#-]*)(.*)$")]
    private static partial Regex Magic();

    [GeneratedRegex("^\\s*#r\\s+\"([^\"]+)\"")]
    private static partial Regex Reference();
}
