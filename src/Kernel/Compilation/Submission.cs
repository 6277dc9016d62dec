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
internal sealed record Submission(
    string Source, CSharpCompilation Compilation, Func<object?[], Task<object?>> Start, bool Declares, Func<bool> HasValue);

/// <summary>A cell whose names later cells see.</summary>
/// <param name="Source">Its C#.</param>
/// <param name="References">What it added to the references of the cells before it.</param>
internal sealed record DeclaringCell(string Source, ImmutableArray<MetadataReference> References);

/// <summary>What a cell that is being written stands on; a snapshot.</summary>
/// <param name="Cells">The cells whose names it sees, oldest first.</param>
/// <param name="References">What it adds to the references of the last of them.</param>
internal sealed record Foundation(ImmutableList<DeclaringCell> Cells, ImmutableArray<MetadataReference> References);
