using System.Collections;

namespace ConcurrencyLab;

/// <summary>
/// An immutable list that equals another when their items do, so that the answers of two ways of running the same work can
/// be compared. Arrays and ImmutableArray compare by reference.
/// </summary>
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
    where T : IEquatable<T>
{
    private readonly T[] _items;

    internal ValueList(T[] owned) => _items = owned;

    /// <summary>How many items there are.</summary>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>The items, without copying them.</summary>
    public ReadOnlySpan<T> Span => _items;

    /// <inheritdoc/>
    public bool Equals(ValueList<T>? other) => other is not null && Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.Add(_items.Length);
        // A sample is enough to tell most lists apart; equal lists have equal samples.
        for (var index = 0; index < _items.Length; index += 1 + _items.Length / 64) hash.Add(_items[index]);
        return hash.ToHashCode();
    }

    /// <summary>The first items and the count.</summary>
    public override string ToString()
        => $"[{string.Join(", ", _items.Take(5))}{(_items.Length > 5 ? $", … {_items.Length} items" : "")}]";

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
