using System.Collections.Concurrent;
using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for those members of <see cref="ConcurrentDictionary{TKey, TValue}"/> that call the reader's functions, and call them outside of any lock.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinConcurrentDictionary
{
    public static TValue GetOrAdd<TKey, TValue>(int line, ConcurrentDictionary<TKey, TValue> it, TKey key, Func<TKey, TValue> valueFactory)
        where TKey : notnull
    {
        if (Twin.Begin(line, it, "GetOrAdd: look", false, key) is var seen && it.TryGetValue(seen, out var there))
        {
            return there;
        }

        var made = valueFactory(key);
        return it.GetOrAdd(key, Twin.Begin(line, it, "GetOrAdd: add", true, made));
    }

    public static TValue GetOrAdd<TKey, TValue>(int line, ConcurrentDictionary<TKey, TValue> it, TKey key, TValue value)
        where TKey : notnull => it.GetOrAdd(key, Twin.Begin(line, it, "GetOrAdd", true, value));

    public static TValue AddOrUpdate<TKey, TValue>(int line, ConcurrentDictionary<TKey, TValue> it, TKey key, TValue addValue, Func<TKey, TValue, TValue> updateValueFactory)
        where TKey : notnull => AddOrUpdate(line, it, key, _ => addValue, updateValueFactory);

    public static TValue AddOrUpdate<TKey, TValue>(int line, ConcurrentDictionary<TKey, TValue> it, TKey key, Func<TKey, TValue> addValueFactory, Func<TKey, TValue, TValue> updateValueFactory)
        where TKey : notnull
    {
        while (true)
        {
            if (Twin.Begin(line, it, "AddOrUpdate: look", false, key) is var seen && it.TryGetValue(seen, out var old))
            {
                var updated = updateValueFactory(key, old);
                if (it.TryUpdate(key, Twin.Begin(line, it, "AddOrUpdate: update", true, updated), old))
                {
                    return updated;
                }
            }
            else
            {
                var added = addValueFactory(key);
                if (it.TryAdd(key, Twin.Begin(line, it, "AddOrUpdate: add", true, added)))
                {
                    return added;
                }
            }
        }
    }
}

/// <summary>Stands for <see cref="BlockingCollection{T}"/>, whose waiting is the scheduler's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinBlockingCollection
{
    public static void Add<T>(int line, BlockingCollection<T> it, T item) => Wait(line, it, "Add", Unless(it, () => it.BoundedCapacity < 0 || it.Count < it.BoundedCapacity || it.IsAddingCompleted), () => it.Add(item));

    public static bool TryAdd<T>(int line, BlockingCollection<T> it, T item)
    {
        var added = false;
        Wait(line, it, "TryAdd", () => true, () => added = it.TryAdd(item));
        return added;
    }

    public static T Take<T>(int line, BlockingCollection<T> it)
    {
        T item = default!;
        Wait(line, it, "Take", Unless(it, () => it.Count > 0 || it.IsAddingCompleted), () => item = it.Take());
        return item;
    }

    public static bool TryTake<T>(int line, BlockingCollection<T> it, out T item)
    {
        T? taken = default;
        var had = false;
        Wait(line, it, "TryTake", () => true, () => had = it.TryTake(out taken));
        item = taken!;
        return had;
    }

    public static bool TryTake<T>(int line, BlockingCollection<T> it, out T item, int millisecondsTimeout)
    {
        if (millisecondsTimeout >= 0)
        {
            return TryTake(line, it, out item);
        }

        T? taken = default;
        var had = false;
        Wait(line, it, "TryTake", Unless(it, () => it.Count > 0 || it.IsAddingCompleted), () => had = it.TryTake(out taken));
        item = taken!;
        return had;
    }

    public static void CompleteAdding<T>(int line, BlockingCollection<T> it) => Wait(line, it, "CompleteAdding", () => true, it.CompleteAdding);

    public static IEnumerable<T> GetConsumingEnumerable<T>(int line, BlockingCollection<T> it)
    {
        while (TryTake(line, it, out var item, Timeout.Infinite))
        {
            yield return item;
        }
    }

    public static int Count<T>(int line, BlockingCollection<T> it)
    {
        Wait(line, it, "Count", () => true, () => { });
        return it.Count;
    }

    public static bool IsCompleted<T>(int line, BlockingCollection<T> it)
    {
        Wait(line, it, "IsCompleted", () => true, () => { });
        return it.IsCompleted;
    }

    public static bool IsAddingCompleted<T>(int line, BlockingCollection<T> it)
    {
        Wait(line, it, "IsAddingCompleted", () => true, () => { });
        return it.IsAddingCompleted;
    }

    /// <summary>What waits for something that is disposed of meanwhile goes on to the exception.</summary>
    private static Func<bool> Unless<T>(BlockingCollection<T> it, Func<bool> can) => () =>
    {
        try
        {
            return can();
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    };

    private static void Wait<T>(int line, BlockingCollection<T> it, string what, Func<bool> can, Action effect)
    {
        if (Twin.Here(line) is not { } strand)
        {
            effect();
            return;
        }

        var use = strand.Run.ModelOf(it, name => new TwinUse(strand.Run.Builder, name, it.GetType()), Twin.NameOf(it.GetType()));
        strand.Wait(line, use, $"{use.Name}.{what}", can, effect);
    }
}

/// <summary>Stands for <see cref="System.Console"/>: what code says in thousands of runs, nobody reads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinConsole
{
    public static void WriteLine(int line, params object?[] said)
    {
    }

    public static void Write(int line, params object?[] said)
    {
    }
}

/// <summary>Stands for <see cref="System.Diagnostics.Debug"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinDebug
{
    public static void Assert(int line, bool condition, string? message = null) => Check.That(condition, message ?? $"the assertion in line {line.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
}
