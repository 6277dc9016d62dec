namespace ConcurrencyLab;

/// <summary>
/// A LINQ query over all cores. Almost equivalent to <c>items.AsParallel().AsOrdered().Select(work)</c>. For computing
/// that reads well as a query; the order is kept, which costs a little.
/// </summary>
public static class Plinq
{
    /// <summary>Runs the work as a parallel query.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="workers">Degree of parallelism (at most 512); one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        int? workers = null,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var oneByOne = System.Collections.Concurrent.Partitioner.Create(
            batch.Indices, System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering);
        oneByOne.AsParallel()
            .WithDegreeOfParallelism(Math.Min(Workers.OrCores(workers), 512))
            .WithExecutionMode(ParallelExecutionMode.ForceParallelism)
            .WithCancellation(cancel)
            .ForAll(index => batch.Do(index, work));
        return batch.ToResults();
    }
}
