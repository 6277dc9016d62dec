namespace ConcurrencyLab;

/// <summary>
/// A fixed number of threads that take the next item until none is left. Almost equivalent to a hand-made
/// <c>ThreadPoolExecutor(max_workers=n)</c>. Good when items block and their number would make too many threads; the
/// thread pool does the same with less code.
/// </summary>
public static class FixedThreads
{
    /// <summary>Runs the work on a fixed number of threads.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="workers">Number of threads; one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="OperationCanceledException">Cancelled; items not yet begun were left out.</exception>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        int? workers = null,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var next = -1;
        ThreadGroup.Run(Math.Min(Workers.OrCores(workers), batch.Count), _ =>
        {
            for (int index; !cancel.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < batch.Count;)
            {
                batch.Do(index, work);
            }
        });
        return batch.ToResults();
    }
}
