using System.Globalization;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>What the compiler says of a cell: the line, a caret, and its own words.</summary>
internal static class CompilationErrors
{
    private const int Shown = 5;

    /// <summary>One error output for all errors of a cell.</summary>
    public static ErrorOutput Describe(IReadOnlyList<Diagnostic> diagnostics, CSharpCompilation compilation, int cell, CellSources sources)
    {
        // The first error in the text is usually the cause of the others.
        var cause = diagnostics.MinBy(diagnostic => diagnostic.Location.SourceSpan.Start)!;
        var first = cause.Location.GetMappedLineSpan();
        var hint = CompilationHints.For(cause, compilation);
        return new ErrorOutput(
            "CompilationError", hint is null ? Text(cause) : $"{Text(cause)}. {hint}", Lines(diagnostics, compilation, cell, sources),
            first.IsValid ? first.StartLinePosition.Line + 1 : null,
            first.IsValid ? first.StartLinePosition.Character + 1 : null);
    }

    /// <summary>Errors or warnings in the order of the text, each with the line that it speaks of.</summary>
    public static List<string> Lines(IReadOnlyList<Diagnostic> diagnostics, CSharpCompilation compilation, int cell, CellSources sources)
    {
        List<string> lines = [];
        HashSet<string> hints = [];
        foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Take(Shown))
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            var place = span.IsValid
                ? string.Create(CultureInfo.InvariantCulture, $"{span.Path}, line {span.StartLinePosition.Line + 1}, column {span.StartLinePosition.Character + 1}: ")
                : CellSources.PathOf(cell) + ": ";
            lines.Add($"{place}{Text(diagnostic)}");
            if (span.IsValid && CellSources.CellOf(span.Path) is { } quoted)
            {
                var length = span.StartLinePosition.Line == span.EndLinePosition.Line
                    ? span.EndLinePosition.Character - span.StartLinePosition.Character : 1;
                lines.AddRange(sources.Quote(quoted, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, length));
            }

            // A missing using makes several errors of one kind.
            if (CompilationHints.For(diagnostic, compilation) is { } hint && hints.Add(hint)) lines.Add(hint);
        }

        if (diagnostics.Count > Shown)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"... and {diagnostics.Count - Shown} more {Kind(diagnostics[0])}s"));
        return lines;
    }

    /// <summary>Whether it says that there is no such type or namespace; before a dot, the compiler cannot tell it from a variable.</summary>
    public static bool IsUnknownType(Diagnostic diagnostic) => diagnostic.Id is "CS0103" or "CS0246"
        && diagnostic.Location is { SourceTree: { } tree, SourceSpan: var span } && char.IsUpper(tree.GetText()[span.Start]);

    private static string Text(Diagnostic diagnostic) =>
        $"{Kind(diagnostic)} {diagnostic.Id}: {ScriptClass.NamedAsCell(diagnostic.GetMessage(CultureInfo.InvariantCulture))}";

    private static string Kind(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
}
