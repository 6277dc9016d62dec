using System.Threading.Channels;

namespace ConcurrencyLab;

/// <summary>
/// Stages joined by bounded channels: while one item is computed the next is already being fetched, and a slow stage
/// slows the one before it instead of piling up. Python's <c>asyncio.Queue</c> between workers. For mixed work; for
/// a single kind of work the other ways are simpler.
/// </summary>
public static class Pipeline
{
    /// <summary>One stage: workers take items from a bounded channel.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="workers">Workers at the channel's end; one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        int? workers = null,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Map<TItem, TItem, TResult>(items, Task.FromResult, work, 1, workers, progress, cancel);
    }

    /// <summary>Two stages: the first waits, the second computes.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="fetch">First stage: asynchronous, for example a download.</param>
    /// <param name="compute">Second stage: computes on what the first one brought.</param>
    /// <param name="fetchers">Items being fetched at once; 8 when left out.</param>
    /// <param name="workers">Items being computed at once; one for each core when left out.</param>
    /// <param name="progress">Told after each item that left the second stage.</param>
    /// <param name="cancel">Stops before the next item.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TBetween, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, Task<TBetween>> fetch,
        Func<TBetween, TResult> compute,
        int? fetchers = null,
        int? workers = null,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentNullException.ThrowIfNull(compute);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var crew = Workers.OrCores(workers);
        var fetched = Channel.CreateBounded<(int Index, TBetween Value)>(crew * 2);
        var next = -1;

        var fetching = Enumerable.Range(0, Math.Max(1, fetchers ?? 8)).Select(async _ =>
        {
            for (int index; (index = Interlocked.Increment(ref next)) < batch.Count;)
            {
                cancel.ThrowIfCancellationRequested();
                try
                {
                    var value = await Spans.ItemAsync(batch.Items[index], fetch).ConfigureAwait(false);
                    await fetched.Writer.WriteAsync((index, value), cancel).ConfigureAwait(false);
                }
                catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
                {
                    batch.Fail(index, error);
                }
            }
        });
        var computing = Enumerable.Range(0, crew).Select(_ => Task.Run(
            async () =>
            {
                await foreach (var (index, value) in fetched.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
                {
                    batch.Do(index, _ => compute(value));
                }
            },
            cancel)).ToArray();

        try
        {
            await Task.WhenAll(fetching).WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            // Also when fetching broke off: whoever reads must not wait for ever.
            fetched.Writer.Complete();
        }

        await Task.WhenAll(computing).ConfigureAwait(false);
        return batch.ToResults();
    }
}
