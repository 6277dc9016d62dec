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
    public const string Supported = "#!time, #!import, #!share, #!set, #!who, #!whos, #!about, #!csharp, #!python, #!markdown, #!html, #!mermaid, #!javascript";

    /// <summary>The pieces of a cell in the order of the text.</summary>
    /// <param name="source">The cell.</param>
    /// <param name="language">The language in which it begins, unless a magic says another; null for C#.</param>
    /// <exception cref="CellSyntaxException">A magic or language is unknown, or something is incomplete.</exception>
    public static IReadOnlyList<CellPart> Parse(string source, string? language = null)
    {
        string? textType = null, interpreter = null;
        if (language is not null && !CellLine.IsCSharp(language) && (CellLine.TextTypeOf(language) == CellLine.Python || !source.TrimStart().StartsWith("#!", StringComparison.Ordinal)))
            textType = CellLine.TextTypeOf(language) ?? throw new CellSyntaxException($"The notebook says that this cell is {language}; this kernel runs C# and Python, and shows Markdown, HTML, Mermaid and JavaScript.", 1);
        if (textType is null && !source.Contains('#', StringComparison.Ordinal)) return [new CSharpPart(source, [])];

        List<CellPart> parts = [];
        List<string> lines = [];
        foreach (var (index, line) in CellLine.Of(source, textType).Index())
        {
            if (line.Magic is null)
            {
                lines.Add(line.Text);
                continue;
            }

            Close(index);
            textType = line.TextType;
            if (line.Magic is "python") interpreter = MagicArguments.InterpreterIn(line.Argument, index + 1);
            else if (ShareOf(line, index + 1) is { } share) parts.Add(share);
            // "#!markdown # Title" on one line is text, too.
            else if (textType is not (null or CellLine.Python) && line.Argument.Length > 0) lines.Add(line.Argument);
            else if (textType is null or CellLine.Python && ToPart(line.Magic, line.Argument, index + 1) is { } part) parts.Add(part);
        }

        Close(source.Count(c => c == '\n') + 1);
        return parts;

        void Close(int end)
        {
            if (textType is CellLine.Python)
            {
                if (!lines.TrueForAll(string.IsNullOrWhiteSpace)) parts.Add(new PythonPart(new string('\n', end - lines.Count) + string.Join('\n', lines), interpreter));
            }
            else if (textType is not null) parts.Add(new TextPart(textType, string.Join('\n', lines).Trim('\n')));
            // Line numbers stay those of the whole cell.
            else if (!lines.TrueForAll(string.IsNullOrWhiteSpace)) parts.Add(ToCSharp(new string('\n', end - lines.Count) + string.Join('\n', lines)));
            lines.Clear();
        }
    }

    private static CellPart? ToPart(string magic, string argument, int line) => magic switch
    {
        "time" => new TimePart(),
        "import" => argument.Trim('"') is { Length: > 0 } path ? new ImportPart(path, line)
            : throw new CellSyntaxException("#!import needs a file: #!import \"helpers.cs\".", line),
        "who" or "whos" => new VariablesPart(WithValues: magic is "whos"),
        "about" => new AboutPart(),
        "value" => throw new CellSyntaxException("There is no #!value here: write var name = \"...\"; or var name = System.IO.File.ReadAllText(\"file\");", line),
        _ => CellLine.IsCSharp(magic) ? null
            : throw new CellSyntaxException($"There is no magic #!{magic} here; this kernel knows {Supported}.", line),
    };

    private static SharePart? ShareOf(CellLine line, int number) => line.Magic switch
    {
        "share" => MagicArguments.Share(line.Argument, line.TextType is CellLine.Python, number),
        "set" => MagicArguments.Set(line.Argument, line.TextType is CellLine.Python, number),
        _ => null,
    };

    private static CSharpPart ToCSharp(string source)
    {
        if (!source.Contains('#', StringComparison.Ordinal)) return new CSharpPart(source, []);
        List<ReferenceDirective> references = [];
        var blanked = new StringBuilder(source);
        var tree = CSharpSyntaxTree.ParseText(source, SubmissionChain.ParseOptions);
        foreach (var trivia in tree.GetRoot().DescendantTrivia().Where(trivia => trivia.IsDirective))
        {
            var line = trivia.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
            var word = Word().Match(trivia.ToFullString()).Groups[1].Value;
            if (word is "load") throw new CellSyntaxException("There is no #load here: write #!import \"file\" on a line of its own.", line);
            if (word is not ("r" or "i")) continue;
            var match = Reference().Match(trivia.ToFullString());
            if (!match.Success)
            {
                throw new CellSyntaxException(
                    word is "r" ? "#r needs a file or a package in quotes: #r \"nuget: Name, 1.2.3\"." : "#i needs a package source in quotes: #i \"nuget: https://...\" or #i \"nuget: folder\".", line);
            }

            references.Add(new ReferenceDirective(match.Groups[1].Value.Trim(), line, IsSource: word is "i"));
            for (var index = trivia.FullSpan.Start; index < trivia.FullSpan.End; index++)
                if (blanked[index] is not '\n') blanked[index] = ' ';
        }

        return new CSharpPart(blanked.ToString(), references);
    }

    [GeneratedRegex("^\\s*#[ri]\\s+\"([^\"]+)\"")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\s*#(\w+)")]
    private static partial Regex Word();
}
