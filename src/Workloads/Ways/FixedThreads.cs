namespace ConcurrencyLab;

/// <summary>
/// A fixed number of threads that take the next item until none is left. Almost equivalent to a hand-made
/// <c>ThreadPoolExecutor(max_workers=n)</c>. Good when items block and their number would make too many threads; the
/// thread pool does the same with less code.
/// </summary>
public static class FixedThreads
{
    /// <summary>Runs the work on a fixed number of threads.</summary>
    /// <inheritdoc cref="ParallelFor.Map"/>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var next = -1;
        ThreadGroup.Run(Math.Min(Workers.OrCores(workers), batch.Count), _ =>
        {
            for (int index; (index = Interlocked.Increment(ref next)) < batch.Count;)
            {
                batch.Do(index, work);
            }
        });
        return batch.ToResults();
    }
}
