namespace ConcurrencyLab.Kernel.Cells;

/// <summary>A piece of a cell, in one language.</summary>
internal abstract record CellPart;

/// <summary>C# to run.</summary>
/// <param name="Source">The whole cell with everything else blanked out, so that line numbers stay the cell's own.</param>
/// <param name="References">The <c>#r</c> and <c>#i</c> directives of this piece.</param>
internal sealed record CSharpPart(string Source, IReadOnlyList<ReferenceDirective> References) : CellPart;

/// <summary>Text to show: Markdown, HTML, a diagram, a script.</summary>
internal sealed record TextPart(string MimeType, string Text) : CellPart;

/// <summary>Python to run.</summary>
/// <param name="Source">With empty lines for what precedes it, so that line numbers stay the cell's own.</param>
/// <param name="Interpreter">The one that the cell asks for; null for the notebook's own.</param>
internal sealed record PythonPart(string Source, string? Interpreter) : CellPart;

/// <summary>Gives a value to a variable of the language in which it stands.</summary>
/// <param name="From">The language of <paramref name="Source"/>; null when that is the value itself.</param>
/// <param name="Source">A variable's name there, or a value.</param>
/// <param name="Name">The variable's name here.</param>
/// <param name="ToPython">Whether here is Python.</param>
/// <param name="Line">1-based line in the cell.</param>
internal sealed record SharePart(string? From, string Source, string Name, bool ToPython, int Line) : CellPart;

/// <summary>Asks for the cell's wall time to be shown at its end.</summary>
internal sealed record TimePart : CellPart;

/// <summary>Another file's cells to run first.</summary>
internal sealed record ImportPart(string Path, int Line) : CellPart;

/// <summary>Asks for the variables of the cells so far.</summary>
internal sealed record VariablesPart(bool WithValues) : CellPart;

/// <summary>Asks what kernel this is.</summary>
internal sealed record AboutPart : CellPart;

/// <summary>A <c>#r</c> or <c>#i</c>.</summary>
/// <param name="Argument">What stands between the quotes.</param>
/// <param name="Line">1-based line in the cell.</param>
/// <param name="IsSource">True of <c>#i</c>: where packages come from.</param>
internal sealed record ReferenceDirective(string Argument, int Line, bool IsSource = false);

/// <summary>A magic or directive that cannot be carried out.</summary>
/// <param name="message">One line that says what to do.</param>
/// <param name="line">1-based line in the cell.</param>
internal sealed class CellSyntaxException(string message, int line) : Exception(message)
{
    /// <summary>1-based line in the cell.</summary>
    public int Line { get; } = line;

    /// <summary>What kind of error it is for whoever runs the cell.</summary>
    public string Name { get; init; } = "CompilationError";
}
