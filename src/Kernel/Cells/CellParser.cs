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

    /// <summary>The pieces of a cell in the order of the text.</summary>
    /// <exception cref="CellSyntaxException">A magic is unknown or incomplete.</exception>
    public static IReadOnlyList<CellPart> Parse(string source)
    {
        if (!source.Contains("#!", StringComparison.Ordinal) && !source.Contains("#r", StringComparison.Ordinal))
            return [new CSharpPart(source, [])];

        List<CellPart> parts = [];
        List<string> lines = [];
        string? textType = null;
        foreach (var (index, line) in CellLine.Of(source).Index())
        {
            if (line.Magic is null)
            {
                lines.Add(line.Text);
                continue;
            }

            Close(index);
            textType = line.TextType;
            // "#!markdown # Title" on one line is text, too.
            if (textType is not null && line.Argument.Length > 0) lines.Add(line.Argument);
            else if (textType is null && ToPart(line.Magic, line.Argument, index + 1) is { } part) parts.Add(part);
        }

        Close(source.Count(c => c == '\n') + 1);
        return parts;

        void Close(int end)
        {
            if (textType is not null) parts.Add(new TextPart(textType, string.Join('\n', lines).Trim('\n')));
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
        _ => CellLine.IsCSharp(magic) ? null
            : throw new CellSyntaxException($"There is no magic #!{magic} here; this kernel knows {Supported}.", line),
    };

    private static CSharpPart ToCSharp(string source)
    {
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

    [GeneratedRegex("^\\s*#r\\s+\"([^\"]+)\"")]
    private static partial Regex Reference();
}
