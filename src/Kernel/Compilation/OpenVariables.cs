using System.Reflection;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// What cells declared with <c>using</c> outside of any block, until it is disposed of: the scope of a cell's variable is the
/// notebook, so that is when the session ends, newest first. A cell that declares a name again, as one that runs again does,
/// first disposes of what had it.
/// </summary>
internal sealed class OpenVariables
{
    private readonly Lock _gate = new();
    private readonly List<(UsingVariable Variable, object Cell)> _open = [];

    /// <summary>Keeps the variables of a cell that has been started.</summary>
    /// <param name="cell">The object whose fields they are.</param>
    /// <param name="variables">The variables in the order of the text.</param>
    public void Add(object cell, IReadOnlyList<UsingVariable> variables)
    {
        lock (_gate) _open.AddRange(variables.Select(variable => (variable, cell)));
    }

    /// <summary>Disposes of those that have one of the names. On the caller's thread, also where that means to wait: the rest of a cell is to run there.</summary>
    public void DisposeOf(IReadOnlyList<UsingVariable> names)
    {
        while (TakeNewest(variable => names.Any(name => name.Name == variable.Name)) is { } open) DisposeOf(open.Variable, open.Cell);
    }

    /// <summary>Disposes of all.</summary>
    /// <param name="failed">Told of each that throws; the others are disposed of nevertheless.</param>
    public void DisposeOfAll(Action<string, Exception> failed)
    {
        while (TakeNewest(static _ => true) is { } open)
        {
            try
            {
                DisposeOf(open.Variable, open.Cell);
            }
            catch (Exception exception)
            {
                failed(open.Variable.Name, exception);
            }
        }
    }

    private (UsingVariable Variable, object Cell)? TakeNewest(Predicate<UsingVariable> wanted)
    {
        lock (_gate)
        {
            var index = _open.FindLastIndex(open => wanted(open.Variable));
            if (index < 0) return null;
            var newest = _open[index];
            _open.RemoveAt(index);
            return newest;
        }
    }

    private static void DisposeOf(UsingVariable variable, object cell)
    {
        // Null where the cell failed before it came there.
        var value = cell.GetType().GetField(variable.Name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(cell);
        if (!variable.IsAsync) ((IDisposable?)value)?.Dispose();
        else ((IAsyncDisposable?)value)?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
