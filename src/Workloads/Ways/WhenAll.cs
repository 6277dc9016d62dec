namespace ConcurrencyLab;

/// <summary>
/// All items in flight at once, no thread held while they wait. Almost equivalent to
/// <c>Task.WhenAll(items.Select(work))</c>; Python's <c>asyncio.gather</c>. Right for waiting, by the thousand; does
/// nothing for computing, and can overrun a server that has limits: see <see cref="Throttled"/>.
/// </summary>
public static class WhenAll
{
    /// <summary>Starts the work on every item, then awaits all.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">Asynchronous work; to stop what is in flight let it watch <paramref name="cancel"/> too.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the wait at once.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        await Task.WhenAll(batch.Indices.Select(index => batch.DoAsync(index, work))).WaitAsync(cancel).ConfigureAwait(false);
        return batch.ToResults();
    }
}
