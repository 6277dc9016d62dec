namespace ConcurrencyLab;

/// <summary>
/// One new operating-system thread for each item. Almost equivalent to <c>new Thread(...)</c> in a loop, then
/// <c>Join</c> on each; Python's <c>threading.Thread</c>. Good for a few dozen items that block; each thread costs tens
/// of microseconds to start and memory for its stack, so not for thousands, nor for tiny items.
/// </summary>
public static class ThreadPerItem
{
    /// <summary>Starts a thread for each item and waits for all.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; items not yet begun were left out.</exception>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        ThreadGroup.Run(batch.Count, index => batch.Do(index, work));
        return batch.ToResults();
    }
}
