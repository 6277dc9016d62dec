namespace ConcurrencyLab;

/// <summary>
/// One item after the other on the calling thread. Almost equivalent to <c>items.Select(work).ToList()</c>. The yardstick
/// for every other way, and the right one when items are few or cheap.
/// </summary>
public static class Sequential
{
    /// <summary>Runs the work on each item in turn.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two items.</exception>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        foreach (var index in batch.Indices)
        {
            batch.Do(index, work);
        }

        return batch.ToResults();
    }

    /// <summary>Awaits the work on each item in turn: asynchronous, yet nothing overlaps. A classic mistake in a loop.</summary>
    /// <exception cref="OperationCanceledException">Cancelled between two items.</exception>
    public static async Task<Results<TItem, TResult>> MapAsync<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        foreach (var index in batch.Indices)
        {
            await batch.DoAsync(index, work).ConfigureAwait(false);
        }

        return batch.ToResults();
    }
}
