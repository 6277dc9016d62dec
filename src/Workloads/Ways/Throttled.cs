namespace ConcurrencyLab;

/// <summary>
/// Asynchronous, with a limit on how many items are in flight. Almost equivalent to a <c>SemaphoreSlim</c> around each
/// <c>await</c>; Python's <c>asyncio.Semaphore</c>. For a server, a database or a file system that must not be overrun.
/// </summary>
public static class Throttled
{
    /// <summary>Awaits all items with a limit on how many are in flight.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">Asynchronous work; to stop what is in flight let it watch <paramref name="cancel"/> too.</param>
    /// <param name="limit">Most items in flight at one moment.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the wait at once; items not yet begun are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int limit, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        // Not disposed: after a cancellation items in flight still give their places back.
        var places = new SemaphoreSlim(limit);
        await Task.WhenAll(batch.Indices.Select(async index =>
        {
            await places.WaitAsync(cancel).ConfigureAwait(false);
            try
            {
                await batch.DoAsync(index, work).ConfigureAwait(false);
            }
            finally
            {
                places.Release();
            }
        })).WaitAsync(cancel).ConfigureAwait(false);
        return batch.ToResults();
    }
}
