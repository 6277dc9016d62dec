using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// Sequences that run code each time they are read: queries, PLINQ, iterators. Formatters read a value once for each MIME
/// type and again for its summary, and would start each task of <c>Select(async …)</c> as often.
/// </summary>
internal static class LazySequence
{
    /// <summary>What has been read of which sequence for the value that is being shown on this thread; what was read stands for itself.</summary>
    [ThreadStatic]
    private static Dictionary<object, object>? _read;

    private static readonly MethodInfo Buffer = typeof(LazySequence).GetMethod(nameof(ReadItems), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Has each lazy sequence within a value read once, however many formatters ask for its items.</summary>
    public static T Sharing<T>(Func<T> format)
    {
        var outer = _read;
        _read = new(ReferenceEqualityComparer.Instance);
        try
        {
            return format();
        }
        finally
        {
            _read = outer;
        }
    }

    /// <summary>The items of a lazy sequence; null of any other value, also of what was read of one.</summary>
    public static object? ItemsOf(object sequence)
    {
        if (_read is null) return null;
        if (_read.TryGetValue(sequence, out var items)) return ReferenceEquals(items, sequence) ? null : items;
        return Is(sequence) ? ReadOnce(sequence) : null;
    }

    /// <summary>What formatters may read as often as they like: the items of a lazy sequence, also in a list, any other value as it is.</summary>
    public static object? ReadOnce(object? value)
    {
        // A sequence may be an item of itself.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!Is(value) && !(value is IList list && list.Cast<object?>().Take(Formatter.ListExpansionLimit).Any(Is))) return value;
        var kinds = Interfaces(value!, typeof(IEnumerable<>)).ToList();
        if (_read is not null && _read.TryGetValue(value!, out var known)) return known;
        var items = Buffer.MakeGenericMethod(kinds is [var only] ? only.GenericTypeArguments[0] : typeof(object)).Invoke(
            null, BindingFlags.DoNotWrapExceptions, null, [value], null)!;
        if (_read is not null) _read[value!] = _read[items] = items;
        return items;
    }

    /// <summary>True of a sequence that has no items yet, and no formatter of its own.</summary>
    public static bool Is(object? value) =>
        value is IEnumerable and not string and not ICollection
        && !Interfaces(value, typeof(ICollection<>)).Any() && !Interfaces(value, typeof(IReadOnlyCollection<>)).Any()
        && !PlainValue.HasOwnFormatter(value.GetType());

    private static IEnumerable<Type> Interfaces(object value, Type open) =>
        value.GetType().GetInterfaces().Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == open);

    private static IEnumerable<T> ReadItems<T>(IEnumerable sequence)
    {
        List<T> items = [];
        foreach (var item in sequence)
        {
            // A query of queries: what is read here must not be read again either.
            items.Add(ReadOnce(item) is T read ? read : (T)item);
            // One more than is shown, by which formatters know that there are more; the sequence may have no end.
            if (items.Count > Formatter.ListExpansionLimit) return items.Select(static item => item);
        }

        return items;
    }
}
