using System.Text.Json.Nodes;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>One thing that a cell showed, in the order in which it happened.</summary>
public abstract record CellOutput;

/// <summary>Text written to the console.</summary>
/// <param name="IsError">True for <c>stderr</c>, false for <c>stdout</c>.</param>
/// <param name="Text">The text as written, line ends included; never a guess at lines.</param>
public sealed record StreamOutput(bool IsError, string Text) : CellOutput;

/// <summary>A value shown in one or more MIME types.</summary>
/// <param name="Data">MIME type to content: a JSON string for text and base64 images, an object for JSON types.</param>
/// <param name="IsResult">True for the value of the cell's last expression, false for <c>display</c>.</param>
/// <param name="DisplayId">Names the output so that it can be updated later; null when it cannot.</param>
/// <param name="IsUpdate">True when this replaces what an earlier output with the same id shows.</param>
public sealed record DisplayOutput(JsonObject Data, bool IsResult, string? DisplayId = null, bool IsUpdate = false) : CellOutput;

/// <summary>Asks the front end to remove what the cell has shown so far.</summary>
/// <param name="Wait">True to keep it until the next output arrives.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;

/// <summary>Why a cell failed. Exactly one is emitted for a failed cell, as its last output.</summary>
/// <param name="Name">The exception's type name, <c>CompilationError</c>, or <c>Interrupted</c>.</param>
/// <param name="Message">One line that a learner can act on.</param>
/// <param name="Traceback">Lines ready to print: message, the cell's own source line with a caret, frames of the user's code.</param>
/// <param name="Line">1-based line in the cell, null when the failure has none.</param>
/// <param name="Column">1-based column in that line, null when unknown.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback, int? Line = null, int? Column = null) : CellOutput;
