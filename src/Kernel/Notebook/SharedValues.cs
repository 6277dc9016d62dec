using System.Collections.Concurrent;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>Values on their way from another language into a variable of a cell.</summary>
public static class SharedValues
{
    private static readonly ConcurrentDictionary<long, object?> Waiting = new();
    private static long _last;

    /// <summary>Keeps a value until a cell's code takes it.</summary>
    /// <returns>The number by which to take it.</returns>
    internal static long Put(object? value)
    {
        var number = Interlocked.Increment(ref _last);
        Waiting[number] = value;
        return number;
    }

    /// <summary>Takes a value; called by the code that the kernel makes of <c>#!share</c>.</summary>
    public static object? Take(long number) => Waiting.TryRemove(number, out var value) ? value : throw new InvalidOperationException("The value has been taken.");
}
