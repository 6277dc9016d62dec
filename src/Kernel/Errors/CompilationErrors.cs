using System.Globalization;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>Says why a cell does not compile: the line, a caret, and the compiler's own words.</summary>
internal static class CompilationErrors
{
    private const int Shown = 5;

    /// <summary>One error output for all errors of a cell.</summary>
    public static ErrorOutput Describe(IReadOnlyList<Diagnostic> diagnostics, int cell, CellSources sources)
    {
        // The first error in the text is usually the cause of the others.
        var ordered = diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ToList();
        List<string> traceback = [];
        foreach (var diagnostic in ordered.Take(Shown))
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            var place = span.IsValid
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Path}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}: ")
                : CellSources.PathOf(cell) + ": ";
            traceback.Add($"{place}{Text(diagnostic)}");
            if (!span.IsValid || CellSources.CellOf(span.Path) is not { } quoted) continue;
            var length = span.StartLinePosition.Line == span.EndLinePosition.Line
                ? span.EndLinePosition.Character - span.StartLinePosition.Character : 1;
            traceback.AddRange(sources.Quote(quoted, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, length));
        }

        if (ordered.Count > Shown)
            traceback.Add(string.Create(CultureInfo.InvariantCulture, $"... and {ordered.Count - Shown} more errors"));

        var first = ordered[0].Location.GetMappedLineSpan();
        return new ErrorOutput(
            "CompilationError", Text(ordered[0]), traceback,
            first.IsValid ? first.StartLinePosition.Line + 1 : null,
            first.IsValid ? first.StartLinePosition.Character + 1 : null);
    }

    private static string Text(Diagnostic diagnostic) =>
        $"error {diagnostic.Id}: {ScriptClass.NamedAsCell(diagnostic.GetMessage(CultureInfo.InvariantCulture))}";
}
