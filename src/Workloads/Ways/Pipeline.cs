using System.Threading.Channels;

namespace ConcurrencyLab;

/// <summary>
/// Stages joined by bounded channels: while one item is computed the next is already being fetched, and a slow stage
/// slows the one before it instead of piling up. Python's <c>asyncio.Queue</c> between workers. For mixed work; for
/// a single kind of work the other ways are simpler.
/// </summary>
public static class Pipeline
{
    /// <summary>One stage: workers at the end of a bounded channel take items from it.</summary>
    /// <inheritdoc cref="ParallelFor.Map"/>
    public static Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default) =>
        Map(items, Task.FromResult, work, 1, workers, progress, cancel);

    /// <summary>Two stages: the first waits, the second computes.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="fetch">First stage: asynchronous, for example a download.</param>
    /// <param name="compute">Second stage: computes on what the first one brought.</param>
    /// <param name="fetchers">Items being fetched at once; 8 when left out.</param>
    /// <param name="workers">Items being computed at once; one for each core when left out.</param>
    /// <param name="progress">Told after each item that left the second stage.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one fetcher or worker.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TBetween, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute,
        int? fetchers = null, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentNullException.ThrowIfNull(compute);
        var fetching = fetchers ?? 8;
        ArgumentOutOfRangeException.ThrowIfLessThan(fetching, 1, nameof(fetchers));
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        // More of them than items would have nothing to do.
        var most = Math.Max(1, batch.Count);
        var computing = Math.Min(Workers.OrCores(workers), most);
        var fetched = Channel.CreateBounded<(int Index, TBetween Value)>(2 * computing);
        var next = -1;
        await Task.WhenAll(Together(computing, ComputeAsync), FetchAllAsync()).ConfigureAwait(false);
        return batch.ToResults();

        // All of it on the pool: a channel that is never full would hold the caller to the last item.
        Task Together(int count, Func<Task> stage) => Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(stage, cancel)));

        async Task FetchAllAsync()
        {
            try
            {
                await Together(Math.Min(fetching, most), FetchAsync).WaitAsync(cancel).ConfigureAwait(false);
            }
            finally
            {
                // Also when fetching broke off: the second stage must not wait for ever.
                fetched.Writer.TryComplete();
            }
        }

        async Task FetchAsync()
        {
            for (int index; (index = Interlocked.Increment(ref next)) < batch.Count;)
            {
                cancel.ThrowIfCancellationRequested();
                try
                {
                    var value = await Spans.ItemAsync(batch.Items[index], fetch).ConfigureAwait(false);
                    await fetched.Writer.WriteAsync((index, value), cancel).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not ChannelClosedException && (error is not OperationCanceledException || !cancel.IsCancellationRequested))
                {
                    batch.Fail(index, error);
                }
            }
        }

        async Task ComputeAsync()
        {
            try
            {
                await foreach (var (index, value) in fetched.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
                {
                    batch.Do(index, _ => compute(value));
                }
            }
            catch (Exception error)
            {
                // Only a progress that throws comes here, or a cancellation: the first stage must not wait for room for ever.
                fetched.Writer.TryComplete(error);
                throw;
            }
        }
    }
}
