using System.Globalization;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>What the compiler says of a cell: the line, a caret, and its own words.</summary>
internal static class CompilationErrors
{
    private const int Shown = 5;

    /// <summary>One error output for all errors of a cell.</summary>
    public static ErrorOutput Describe(IReadOnlyList<Diagnostic> diagnostics, int cell, CellSources sources)
    {
        // The first error in the text is usually the cause of the others.
        var cause = diagnostics.MinBy(diagnostic => diagnostic.Location.SourceSpan.Start)!;
        var first = cause.Location.GetMappedLineSpan();
        return new ErrorOutput(
            "CompilationError", Text(cause), Lines(diagnostics, cell, sources),
            first.IsValid ? first.StartLinePosition.Line + 1 : null,
            first.IsValid ? first.StartLinePosition.Character + 1 : null);
    }

    /// <summary>Errors or warnings in the order of the text, each with the line that it speaks of.</summary>
    public static List<string> Lines(IReadOnlyList<Diagnostic> diagnostics, int cell, CellSources sources)
    {
        List<string> lines = [];
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Take(Shown))
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            var place = span.IsValid
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Path}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}: ")
                : CellSources.PathOf(cell) + ": ";
            lines.Add($"{place}{Text(diagnostic)}");
            if (!span.IsValid || CellSources.CellOf(span.Path) is not { } quoted) continue;
            var length = span.StartLinePosition.Line == span.EndLinePosition.Line
                ? span.EndLinePosition.Character - span.StartLinePosition.Character : 1;
            lines.AddRange(sources.Quote(quoted, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, length));
        }

        if (diagnostics.Count > Shown)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"... and {diagnostics.Count - Shown} more {Kind(diagnostics[0])}s"));
        return lines;
    }

    private static string Text(Diagnostic diagnostic) =>
        $"{Kind(diagnostic)} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

    private static string Kind(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
}
