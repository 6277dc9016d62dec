using System.Collections.Concurrent;

namespace ConcurrencyLab;

/// <summary>
/// The items of one call, a slot for each one's result, and what all ways do around an item: mark the span, keep the
/// result or the error, report progress. What is left in each way is only how it gets to the items.
/// </summary>
internal sealed class Batch<TItem, TResult>
{
    private readonly TResult[] _values;
    private readonly Exception?[] _errors;
    private readonly CancellationToken _cancel;
    private readonly IProgress<Progress>? _progress;
    private int _done;

    internal Batch(IEnumerable<TItem> items, CancellationToken cancel, IProgress<Progress>? progress)
    {
        ArgumentNullException.ThrowIfNull(items);
        Items = [.. items];
        _values = new TResult[Items.Length];
        _errors = new Exception?[Items.Length];
        (_cancel, _progress) = (cancel, progress);
        cancel.ThrowIfCancellationRequested();
    }

    internal TItem[] Items { get; }

    internal int Count => Items.Length;

    internal IEnumerable<int> Indices => Enumerable.Range(0, Count);

    /// <summary>The indices for loops that hand out parcels: few, uneven items in one would leave a worker with all the long ones.</summary>
    internal Partitioner<int> OneByOne => Partitioner.Create(Indices, EnumerablePartitionerOptions.NoBuffering);

    internal void Do(int index, Func<TItem, TResult> work)
    {
        // Some loops hear of a cancellation late: whatever the way, no further item is begun.
        if (_cancel.IsCancellationRequested)
        {
            return;
        }

        try
        {
            using var span = Spans.Item(Items[index]);
            _values[index] = work(Items[index]);
        }
        catch (Exception error) when (!IsCancellation(error))
        {
            _errors[index] = error;
        }

        Report();
    }

    internal async Task DoAsync(int index, Func<TItem, Task<TResult>> work)
    {
        if (_cancel.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _values[index] = await Spans.ItemAsync(Items[index], work);
        }
        catch (Exception error) when (!IsCancellation(error))
        {
            _errors[index] = error;
        }

        Report();
    }

    internal void Keep(int index, TResult value)
    {
        _values[index] = value;
        Report();
    }

    internal void Fail(int index, Exception error)
    {
        _errors[index] = error;
        Report();
    }

    internal Results<TItem, TResult> ToResults()
    {
        _cancel.ThrowIfCancellationRequested();
        return new Results<TItem, TResult>(Items, _values, _errors);
    }

    /// <summary>Being asked to stop is not an item's failure. A thread that is interrupted was asked to stop, too.</summary>
    private bool IsCancellation(Exception error) =>
        error is ThreadInterruptedException || (error is OperationCanceledException && _cancel.IsCancellationRequested);

    private void Report()
    {
        if (_progress is not null)
        {
            _progress.Report(new Progress(Interlocked.Increment(ref _done), Count));
        }
    }
}

/// <summary>Checks shared by the ways.</summary>
internal static class Workers
{
    /// <summary>The number of workers asked for, or one for each core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one was asked for.</exception>
    internal static int OrCores(int? workers)
    {
        var count = workers ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(workers));
        return count;
    }
}
