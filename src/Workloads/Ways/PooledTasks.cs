namespace ConcurrencyLab;

/// <summary>
/// One task for each item on the shared thread pool. Almost equivalent to <c>Task.Run</c> in a loop, then
/// <c>Task.WhenAll</c>; Python's <c>ThreadPoolExecutor</c>. The pool keeps about as many threads as there are cores and
/// adds more only slowly: right for computing, slow to start when many items block.
/// </summary>
public static class PooledTasks
{
    /// <summary>Queues every item to the thread pool and waits for all without holding a thread.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; items not yet begun were left out.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        await Task.WhenAll(batch.Indices.Select(index => Task.Run(() => batch.Do(index, work), cancel))).ConfigureAwait(false);
        return batch.ToResults();
    }
}
