namespace ConcurrencyLab;

/// <summary>
/// A LINQ query over all cores. Almost equivalent to <c>items.AsParallel().AsOrdered().Select(work)</c>. For computing
/// that reads well as a query; the order is kept, which costs a little.
/// </summary>
public static class Plinq
{
    /// <summary>Runs the work as a parallel query, with a degree of parallelism of at most 512.</summary>
    /// <inheritdoc cref="ParallelFor.Map"/>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        batch.OneByOne.AsParallel()
            .WithDegreeOfParallelism(Math.Min(Workers.OrCores(workers), 512))
            .WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .WithCancellation(cancel)
            .ForAll(index => batch.Do(index, work));
        return batch.ToResults();
    }
}
