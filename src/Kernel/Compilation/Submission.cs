using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>One compiled and loaded cell.</summary>
/// <param name="Source">The cell's C#, as it was compiled.</param>
/// <param name="Compilation">What the compiler made of it.</param>
/// <param name="Start">Runs it; gives the value of the last expression, null when there is none.</param>
/// <param name="Declares">True when later cells can see something of it: a variable, method, type or using.</param>
/// <param name="HasValue">True when the cell ends in an expression that is not <c>void</c>.</param>
/// <param name="Variables">What it declares with <c>using</c> outside of any block.</param>
/// <param name="Warnings">What the compiler finds odd about it.</param>
internal sealed record Submission(
    string Source, CSharpCompilation Compilation, Func<object?[], Task<object?>> Start, bool Declares, Func<bool> HasValue,
    IReadOnlyList<UsingVariable> Variables, ImmutableArray<Diagnostic> Warnings);

/// <summary>A cell whose names later cells see.</summary>
/// <param name="Source">Its C#.</param>
/// <param name="References">What it added to the references of the cells before it.</param>
internal sealed record DeclaringCell(string Source, ImmutableArray<PortableExecutableReference> References);

/// <summary>What the next cell is compiled against.</summary>
/// <param name="Cells">The cells whose names it sees, oldest first.</param>
/// <param name="References">
/// What it adds to the references of the last of them. A submission takes over all references of the one before: given
/// them again, each would list them once more than the last, and memory would grow with the square.
/// </param>
internal sealed record SubmissionContext(ImmutableList<DeclaringCell> Cells, ImmutableArray<PortableExecutableReference> References);

/// <summary>A cell that does not compile.</summary>
/// <param name="diagnostics">The errors, in the compiler's order; at least one.</param>
/// <param name="compilation">Where the compiler found them.</param>
internal sealed class CompilationFailedException(ImmutableArray<Diagnostic> diagnostics, CSharpCompilation compilation) : Exception(diagnostics[0].ToString())
{
    /// <summary>Where the compiler found the errors.</summary>
    public CSharpCompilation Compilation { get; } = compilation;

    /// <summary>The errors, in the compiler's order; at least one.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
