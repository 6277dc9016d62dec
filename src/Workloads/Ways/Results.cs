using System.Collections;

namespace ConcurrencyLab;

/// <summary>How far a way has come.</summary>
/// <param name="Done">Items finished, failed ones included.</param>
/// <param name="Total">Items in all.</param>
public readonly record struct Progress(int Done, int Total);

/// <summary>An item whose work threw.</summary>
/// <param name="Index">0-based place of the item.</param>
/// <param name="Item">The item itself.</param>
/// <param name="Error">What its work threw.</param>
public sealed record ItemFailure<TItem>(int Index, TItem Item, Exception Error);

/// <summary>
/// The results of a way in the order of its items. A failing item costs its own result and no other: reading that one
/// result throws what its work threw, <see cref="Failures"/> lists them all.
/// </summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed class Results<TItem, TResult> : IReadOnlyList<TResult>, IAnswer
{
    private readonly TItem[] _items;
    private readonly TResult[] _values;
    private readonly Exception?[] _errors;

    internal Results(TItem[] items, TResult[] values, Exception?[] errors)
    {
        (_items, _values, _errors) = (items, values, errors);
        Failures = [.. Enumerable.Range(0, items.Length)
            .Where(index => errors[index] is not null)
            .Select(index => new ItemFailure<TItem>(index, items[index], errors[index]!))];
    }

    /// <summary>The items whose work threw, in order.</summary>
    public IReadOnlyList<ItemFailure<TItem>> Failures { get; }

    /// <summary>Number of items.</summary>
    public int Count => _items.Length;

    /// <summary>The result of one item.</summary>
    /// <exception cref="Exception">What the item's work threw.</exception>
    public TResult this[int index] => _errors[index] is { } error
        ? throw new ItemException($"Item {index} ({_items[index]}) failed: {error.Message}", error)
        : _values[index];

    /// <summary>The results of the items that did not fail, in order.</summary>
    public IEnumerable<TResult> Succeeded => _values.Where((_, index) => _errors[index] is null);

    /// <inheritdoc/>
    public IEnumerator<TResult> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>What is compared between ways: each item's result, or the type of what it threw.</summary>
    IReadOnlyList<object?> IAnswer.Parts =>
        [.. _values.Select((value, index) => _errors[index] is { } error ? error.GetType().FullName : (object?)value)];

    IEnumerable<(object? Item, object? Result, Exception? Error)> IAnswer.Rows =>
        Enumerable.Range(0, Count).Select(index => ((object?)_items[index], (object?)_values[index], _errors[index]));

    string? IAnswer.Failure => Failures.Count == 0 ? null : $"{Failures.Count} of {Count} items failed: {Failures[0].Error.Message}";

    /// <inheritdoc/>
    public override string ToString() => Failures.Count == 0
        ? $"{Count} results"
        : $"{Count - Failures.Count} results, {Failures.Count} failed: {Failures[0].Error.Message}";
}

/// <summary>Reading the result of an item whose work threw.</summary>
public sealed class ItemException(string message, Exception? inner) : Exception(message, inner);

/// <summary>An answer made of parts that can be compared one by one.</summary>
internal interface IAnswer
{
    IReadOnlyList<object?> Parts { get; }

    /// <summary>Each item with its result, or with what its work threw.</summary>
    IEnumerable<(object? Item, object? Result, Exception? Error)> Rows { get; }

    /// <summary>How many of the items failed and why the first of them; null when none did.</summary>
    string? Failure { get; }
}
