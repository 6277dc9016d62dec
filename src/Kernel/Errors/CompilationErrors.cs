using System.Globalization;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>Says why a cell does not compile: the line, a caret, and the compiler's own words.</summary>
internal static class CompilationErrors
{
    private const int Shown = 5;

    /// <summary>One error output for all errors of a cell.</summary>
    public static ErrorOutput Describe(IReadOnlyList<Diagnostic> diagnostics, CSharpCompilation compilation, int cell, CellSources sources)
    {
        // The first error in the text is usually the cause of the others.
        var ordered = diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        var hints = ordered.Take(Shown).Select(diagnostic => CompilationHints.For(diagnostic, compilation)).ToList();
        List<string> traceback = [];
        foreach (var (index, diagnostic) in ordered.Take(Shown).Index())
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            var place = span.IsValid
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Path}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}: ")
                : CellSources.PathOf(cell) + ": ";
            traceback.Add($"{place}{Text(diagnostic)}");
            if (span.IsValid && CellSources.CellOf(span.Path) is { } quoted)
            {
                var length = span.StartLinePosition.Line == span.EndLinePosition.Line
                    ? span.EndLinePosition.Character - span.StartLinePosition.Character : 1;
                traceback.AddRange(sources.Quote(quoted, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, length));
            }

            // A missing using makes several errors of one kind.
            if (hints[index] is { } hint && hints.IndexOf(hint) == index) traceback.Add(hint);
        }

        if (ordered.Count > Shown)
            traceback.Add(string.Create(CultureInfo.InvariantCulture, $"... and {ordered.Count - Shown} more errors"));

        var start = ordered[0].Location.GetMappedLineSpan();
        return new ErrorOutput(
            "CompilationError", hints[0] is { } first ? $"{Text(ordered[0])}. {first}" : Text(ordered[0]), traceback,
            start.IsValid ? start.StartLinePosition.Line + 1 : null,
            start.IsValid ? start.StartLinePosition.Character + 1 : null);
    }

    /// <summary>Whether it says that there is no such type or namespace; before a dot, the compiler cannot tell it from a variable.</summary>
    public static bool IsUnknownType(Diagnostic diagnostic) => diagnostic.Id is "CS0103" or "CS0246"
        && diagnostic.Location is { SourceTree: { } tree, SourceSpan: var span } && char.IsUpper(tree.GetText()[span.Start]);

    private static string Text(Diagnostic diagnostic) =>
        $"error {diagnostic.Id}: {ScriptClass.NamedAsCell(diagnostic.GetMessage(CultureInfo.InvariantCulture))}";
}
