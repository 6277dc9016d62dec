using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Events;

namespace ConcurrencyLab.Tests;

/// <summary>What running a cell gave.</summary>
internal sealed record CellRun(NotebookCell Cell, IReadOnlyList<KernelEvent> Events)
{
    /// <summary>The limit that the cell did not keep to; null when it ended.</summary>
    public TimeSpan? Overran { get; init; }

    /// <summary>Each thing shown, its content by MIME type.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Shown { get; } =
        [.. Events.OfType<DisplayEvent>().Where(shown => shown is not (ErrorProduced or StandardOutputValueProduced or StandardErrorValueProduced))
            .Select(shown => shown.FormattedValues.ToDictionary(value => value.MimeType, value => value.Value, StringComparer.Ordinal))];

    /// <summary>What the cell wrote to the console.</summary>
    public string Console => string.Concat(Events.OfType<DisplayEvent>().Where(shown => shown is StandardOutputValueProduced or StandardErrorValueProduced).SelectMany(output => output.FormattedValues).Select(value => value.Value));

    /// <summary>Notebook, cell, line (where the engine tells one: it does for the compiler's errors) and message; null when all went well.</summary>
    public string? Failure
    {
        get
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"{Cell.Notebook}, cell {Cell.Number}");
            if (Overran is { } limit)
                return string.Create(CultureInfo.InvariantCulture, $"{place}: did not end within {limit.TotalSeconds:0.#} s; its thread stays to the end of these tests. It begins: {FirstLine(Cell.Source)}");
            var message = Events.OfType<CommandFailed>().FirstOrDefault()?.Message ?? Events.OfType<ErrorProduced>().FirstOrDefault()?.Message;
            if (message is null) return null;
            var fault = Events.OfType<DiagnosticsProduced>().SelectMany(produced => produced.Diagnostics).FirstOrDefault(found => found.Severity == DiagnosticSeverity.Error);
            return fault is null
                ? $"{place}: {FirstLine(message)}"
                : string.Create(CultureInfo.InvariantCulture, $"{place}, line {fault.LinePositionSpan.Start.Line + 1}: {fault.Code} {fault.Message}");
        }
    }

    private static string FirstLine(string text) => text.TrimStart().Split('\n', 2)[0].TrimEnd();
}
