using System.Globalization;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Interactive;

/// <summary>What .NET Interactive tells of one cell, as the outputs that a front end is shown.</summary>
/// <param name="outputs">Where they go.</param>
internal sealed class CellEvents(CellOutputs outputs)
{
    /// <summary>Which version of a library the compiler took: nothing that a cell's author can act on.</summary>
    private static readonly string[] Suppressed = ["CS1701", "CS1702"];

    private DiagnosticsProduced? _diagnostics;
    private CommandFailed? _failed;

    /// <summary>Why the cell failed; null when it did not.</summary>
    public ErrorOutput? Error => _failed is null ? null : Describe(_failed);

    /// <summary>Takes an event; called from any thread.</summary>
    public void Take(KernelEvent happened)
    {
        switch (happened)
        {
            case StandardOutputValueProduced text:
                outputs.Write(Text(text), isError: false);
                break;
            case StandardErrorValueProduced or ErrorProduced:
                outputs.Write(Text((DisplayEvent)happened), isError: true);
                break;
            // It has been shown by being displayed.
            case ReturnValueProduced { Value: DisplayedValue }:
                break;
            case ReturnValueProduced value:
                outputs.Add(new DisplayOutput(Data(value), IsResult: true));
                break;
            case DisplayEvent shown:
                outputs.Add(new DisplayOutput(Data(shown), IsResult: false, shown.ValueId, IsUpdate: shown is DisplayedValueUpdated));
                break;
            case DiagnosticsProduced produced:
                _diagnostics = produced;
                Warn(produced);
                break;
            case CommandFailed failed:
                _failed ??= failed;
                break;
        }
    }

    /// <summary>An exception as an error of the cell.</summary>
    public static ErrorOutput Describe(Exception exception) =>
        new(exception.GetType().Name, UserErrors.MessageOf(exception), exception.ToString().ReplaceLineEndings("\n").Split('\n'));

    private ErrorOutput Describe(CommandFailed failed)
    {
        if (_diagnostics?.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).ToArray() is { Length: > 0 } errors)
        {
            var place = errors[0].LinePositionSpan.Start;
            return new ErrorOutput("CompilationError", $"error {errors[0].Code}: {errors[0].Message}", [.. errors.Select(Said)], place.Line + 1, place.Character + 1);
        }

        return failed.Exception is { } thrown ? Describe(thrown) : new ErrorOutput("Error", failed.Message, failed.Message.ReplaceLineEndings("\n").Split('\n'));
    }

    private void Warn(DiagnosticsProduced produced)
    {
        foreach (var warning in produced.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Warning && !Suppressed.Contains(found.Code))) outputs.Write($"{Said(warning)}\n", isError: true);
    }

    private static string Said(Microsoft.DotNet.Interactive.Diagnostic found) => string.Create(CultureInfo.InvariantCulture,
        $"({found.LinePositionSpan.Start.Line + 1},{found.LinePositionSpan.Start.Character + 1}): {(found.Severity == DiagnosticSeverity.Error ? "error" : "warning")} {found.Code}: {found.Message}");

    private static string Text(DisplayEvent shown) => string.Concat(shown.FormattedValues.Select(value => value.Value));

    private static JsonObject Data(DisplayEvent shown)
    {
        var data = new JsonObject();
        foreach (var value in shown.FormattedValues) data[value.MimeType] = MimeBundle.Content(value.MimeType, value.Value);
        return data;
    }
}
