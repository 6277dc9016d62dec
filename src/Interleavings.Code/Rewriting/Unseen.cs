using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>
/// What the rewriter left as it was although another task could see it, and what makes a run differ from the next: an
/// exploration names both, and is no proof while there is any of the first.
/// </summary>
internal sealed class Unseen
{
    /// <summary>Concurrency and sharing that the scheduler does not see, each once, with its line.</summary>
    public SortedSet<string> NotSeen { get; } = new(StringComparer.Ordinal);

    /// <summary>Clocks and dice.</summary>
    public SortedSet<string> Chance { get; } = new(StringComparer.Ordinal);

    public void Add(SyntaxNode node, string what) => NotSeen.Add(At(node, what));

    public void AddChance(SyntaxNode node, string what) => Chance.Add(At(node, what));

    /// <summary>The reader's line, counted from 1.</summary>
    public static int LineOf(SyntaxNode node) => node.SyntaxTree.GetMappedLineSpan(node.Span).StartLinePosition.Line + 1;

    private static string At(SyntaxNode node, string what) => string.Create(CultureInfo.InvariantCulture, $"{what} (line {LineOf(node)})");
}
