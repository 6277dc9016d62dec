using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>One compiled and loaded cell.</summary>
/// <param name="Compilation">What the compiler made of it.</param>
/// <param name="Start">Runs it; gives the value of the last expression, null when there is none.</param>
/// <param name="Declares">True when later cells can see something of it: a variable, method, type or using.</param>
/// <param name="HasValue">True when the cell ends in an expression that is not <c>void</c>.</param>
internal sealed record Submission(
    CSharpCompilation Compilation, Func<object?[], Task<object?>> Start, bool Declares, Func<bool> HasValue);
