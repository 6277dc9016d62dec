namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Uses of collections.</summary>
public static partial class Twin
{
    /// <summary>Begins a use of the object and gives it.</summary>
    public static T Begin<T>(int line, T owner, string name, bool write, out T kept)
    {
        Use(line, owner, name, write);
        return kept = owner;
    }

    /// <summary>Begins a use of the object when all that it needs is there, and gives the last of that.</summary>
    public static T Begin<T>(int line, object? owner, string name, bool write, T last)
    {
        Use(line, owner, name, write);
        return last;
    }

    /// <summary>Ends a use.</summary>
    public static T End<T>(T result, object? owner)
    {
        Strand.Current?.CloseUse();
        return result;
    }

    /// <summary>Something is about to go through all of a collection.</summary>
    public static T Whole<T>(int line, T collection)
    {
        Use(line, collection, "all of it", write: false);
        Strand.Current?.CloseUse();
        return collection;
    }

    public static IEnumerable<T> Each<T>(int line, IEnumerable<T> items)
    {
        if (items is T[] array && Strand.Current is not null)
        {
            for (var i = 0; i < array.Length; i++)
            {
                yield return Seen(Read(line, array, Index(array, i)), array[i]);
            }

            yield break;
        }

        Use(line, items, "foreach", write: false);
        using var each = items.GetEnumerator();
        Strand.Current?.CloseUse();
        while (true)
        {
            Use(line, items, "foreach", write: false);
            var more = each.MoveNext();
            Strand.Current?.CloseUse();
            if (!more)
            {
                yield break;
            }

            yield return each.Current;
        }
    }

    public static System.Collections.IEnumerable Each(int line, System.Collections.IEnumerable items)
    {
        Use(line, items, "foreach", write: false);
        foreach (var item in items)
        {
            Strand.Current?.CloseUse();
            yield return item;
            Use(line, items, "foreach", write: false);
        }

        Strand.Current?.CloseUse();
    }

    private static void Use(int line, object? owner, string name, bool write)
    {
        // What makes its items as it goes shares nothing by itself.
        if (owner is null or string or Array || Here(line) is not { } strand || owner.GetType().Namespace is not { } space || !space.StartsWith("System", StringComparison.Ordinal) || space == "System.Linq")
        {
            return;
        }

        var use = strand.Run.ModelOf(owner, given => new TwinUse(strand.Run.Builder, given, owner.GetType()), NameOf(owner.GetType()));
        if (use.IsStep(strand, write))
        {
            strand.Do(line, use, $"{use.Name}.{name}", () => use.Enter(strand, write, name), looks: !write);
        }
    }

    /// <summary>A type as users write it, without its arguments' namespaces.</summary>
    internal static string NameOf(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>"
        : type switch { _ when type == typeof(int) => "int", _ when type == typeof(string) => "string", _ when type == typeof(bool) => "bool", _ when type == typeof(long) => "long", _ when type == typeof(double) => "double", _ when type == typeof(object) => "object", _ => type.Name };
}
