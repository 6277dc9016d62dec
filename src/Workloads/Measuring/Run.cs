namespace ConcurrencyLab;

/// <summary>
/// One way to run the work, by name. The name chooses the colour in every chart: <c>sequential</c>, <c>threads</c>,
/// <c>async</c>, <c>parallel</c>, <c>processes</c> and the names of the ready-made ways below each have their own.
/// </summary>
public sealed partial class Run
{
    private Run(string name, int? workers, Func<CancellationToken, Task<object?>> body)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Workers, Body) = (name, workers, body);
    }

    /// <summary>What the reader sees beside its bar.</summary>
    public string Name { get; }

    /// <summary>Degree of parallelism, null where that means nothing.</summary>
    public int? Workers { get; }

    internal Func<CancellationToken, Task<object?>> Body { get; }

    /// <summary>Any code that gives no answer, so none can be compared.</summary>
    public static Run As(string name, Action work, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, workers, _ =>
        {
            work();
            return Task.FromResult<object?>(null);
        });
    }

    /// <summary>Any code; what it returns must equal what the first run returned.</summary>
    public static Run As<T>(string name, Func<T> work, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, workers, _ => Task.FromResult<object?>(work()));
    }

    /// <summary>Any asynchronous code that gives no answer.</summary>
    public static Run As(string name, Func<Task> work, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, workers, async _ =>
        {
            await work().ConfigureAwait(false);
            return null;
        });
    }

    /// <summary>Any asynchronous code; what it returns must equal what the first run returned.</summary>
    public static Run As<T>(string name, Func<Task<T>> work, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, workers, async _ => await work().ConfigureAwait(false));
    }

    /// <summary>Asynchronous code that stops when the measurement is cancelled.</summary>
    public static Run As<T>(string name, Func<CancellationToken, Task<T>> work, int? workers = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new Run(name, workers, async cancel => await work(cancel).ConfigureAwait(false));
    }
}
