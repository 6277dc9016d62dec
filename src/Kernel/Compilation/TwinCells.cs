using ConcurrencyLab.Interleavings.Code;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// Lends the compiler to a library that explores the code of cells in every order of its steps: it compiles a second version
/// of a cell's own source, with a scheduling point at every access to what threads share.
/// </summary>
/// <param name="chain">The cells so far.</param>
internal sealed class TwinCells(SubmissionChain chain)
{
    /// <summary>The C# of the cell that is running.</summary>
    public string Running { get; set; } = "";

    /// <summary>Compiles the second version of a program of the running cell.</summary>
    /// <param name="argument">The program as it is written there.</param>
    /// <param name="captured">Types of the variables from outside that begin with the values that they have now.</param>
    /// <returns>The images, their entries and what is not seen of the code, by name.</returns>
    public IReadOnlyDictionary<string, object> Compile(string argument, IReadOnlyDictionary<string, Type> captured)
    {
        var context = chain.Context;
        List<string> cells = [.. context.Cells.Select(cell => cell.Source)];
        if (cells.LastOrDefault() != Running) cells.Add(Running);
        var references = context.Cells.SelectMany(cell => cell.References).Concat(context.References);
        // The compiler tells it with the checks that its loops got.
        var written = argument.Replace(LoopChecks.CheckText, "", StringComparison.Ordinal);
        return SubmissionChain.WhileBinding(() => CellCode.Compile(cells, references, SubmissionChain.Imports, written, captured));
    }
}
