namespace ConcurrencyLab;

/// <summary>
/// Splits a range of numbers over the cores. Almost equivalent to <c>Parallel.For(0, n, ...)</c>. For computing; the
/// loop body should take microseconds at least, or splitting costs more than it gives.
/// </summary>
public static class ParallelFor
{
    /// <summary>Runs the work with <see cref="Parallel.For(int, int, ParallelOptions, Action{int})"/> over the items' places.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="workers">Degree of parallelism; one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers.OrCores(workers), CancellationToken = cancel };
        Parallel.For(0, batch.Count, options, index => batch.Do(index, work));
        return batch.ToResults();
    }
}

/// <summary>
/// Splits any sequence over the cores. Almost equivalent to <c>Parallel.ForEach(items, ...)</c>; Python's
/// <c>multiprocessing.Pool.map</c> in purpose, without its processes. For computing.
/// </summary>
public static class ParallelForEach
{
    /// <summary>Runs the work with <c>Parallel.ForEach</c>, taking one item at a time so that uneven items balance.</summary>
    /// <inheritdoc cref="ParallelFor.Map"/>
    public static Results<TItem, TResult> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers.OrCores(workers), CancellationToken = cancel };
        Parallel.ForEach(batch.OneByOne, options, index => batch.Do(index, work));
        return batch.ToResults();
    }
}

/// <summary>
/// A limited number of asynchronous items at once. Almost equivalent to <c>Parallel.ForEachAsync(items, ...)</c>. For
/// work that both waits and computes; for pure waiting set more workers than cores.
/// </summary>
public static class ParallelForEachAsync
{
    /// <summary>Runs the work with <c>Parallel.ForEachAsync</c>.</summary>
    /// <inheritdoc cref="ParallelFor.Map"/>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Workers.OrCores(workers), CancellationToken = cancel };
        await Parallel.ForEachAsync(batch.Indices, options, async (index, _) => await batch.DoAsync(index, work).ConfigureAwait(false))
            .ConfigureAwait(false);
        return batch.ToResults();
    }
}
