using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// Worker processes that stay between calls, talking over pipes: Python's <c>multiprocessing.Pool</c>. Each has its own
/// memory and its own garbage collector; items and results cross as JSON text. All end with this process.
/// </summary>
public sealed class ProcessPool : IDisposable
{
    private readonly WorkerProcess?[] _workers;
    private readonly long[] _processorTicks;
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private int _roundTrips;

    private ProcessPool(int workers) => (_workers, _processorTicks) = (new WorkerProcess?[workers], new long[workers]);

    /// <summary>Number of worker processes.</summary>
    public int Count => _workers.Length;

    /// <summary>How many items have crossed to a worker so far, each with its result back.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>Starts the processes. Each takes some tens of milliseconds and megabytes: that is what a process costs.</summary>
    /// <param name="workers">How many; one for each core when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one was asked for.</exception>
    public static ProcessPool Start(int? workers = null)
    {
        var pool = new ProcessPool(Workers.OrCores(workers));
        try
        {
            for (var index = 0; index < pool.Count; index++)
            {
                pool.Worker(index);
            }

            return pool;
        }
        catch
        {
            pool.Dispose();
            throw;
        }
    }

    /// <summary>Runs a static method on each item, each worker process taking the next one when it is free.</summary>
    /// <param name="items">What to work on; must survive a journey as JSON.</param>
    /// <param name="work">A static method of a library on disk; its result must survive the journey, too.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the worker processes and the call.</param>
    /// <exception cref="ArgumentException">The work is a lambda or was compiled in a cell: it cannot cross to another process.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        var job = WorkerJob.For(work);
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        var recorder = Recorder.Current;
        var next = -1;
        var ending = Task.CompletedTask;
        try
        {
            using var asked = cancel.UnsafeRegister(_ => ending = EndWorkersAsync(), null);
            // A thread for each worker: the runtime reads a pipe by blocking a thread anyway, and an item's way to a thread
            // of the pool and back cost more than its way to the worker.
            await Task.WhenAll(Enumerable.Range(0, Count).Select(worker => Task.Factory.StartNew(
                () => Serve(worker), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).ConfigureAwait(false);
        }
        finally
        {
            await ending.ConfigureAwait(false);
            if (cancel.IsCancellationRequested)
            {
                // Answers may have been on their way and would be taken for later items': none of the workers can go on.
                for (var worker = 0; worker < Count; worker++)
                {
                    Forget(worker);
                }
            }
        }

        return batch.ToResults();

        void Serve(int worker)
        {
            WorkerJob? untold = job;
            for (int index; !cancel.IsCancellationRequested && (index = Interlocked.Increment(ref next)) < batch.Count;)
            {
                try
                {
                    var process = Worker(worker);
                    // A worker started after the cancellation is one that nobody ended.
                    if (cancel.IsCancellationRequested)
                    {
                        return;
                    }

                    var reply = process.Ask(new WorkerRequest(untold, JsonSerializer.SerializeToElement(batch.Items[index])));
                    untold = null;
                    Interlocked.Increment(ref _roundTrips);
                    Account(recorder, worker, reply);
                    recorder?.Add(new WorkerSpan(worker, batch.Items[index]?.ToString() ?? "", reply.Start, reply.End));
                    if (reply.Error is { } error)
                    {
                        batch.Fail(index, new InvalidOperationException(error));
                    }
                    else
                    {
                        batch.Keep(index, reply.Result!.Value.Deserialize<TResult>()!);
                    }
                }
                catch (WorkerEndedException ended)
                {
                    if (!cancel.IsCancellationRequested)
                    {
                        batch.Fail(index, ended);
                        Forget(worker);
                        untold = job;
                    }
                }
            }
        }
    }

    /// <summary>Ends all worker processes.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        for (var worker = 0; worker < Count; worker++)
        {
            Forget(worker);
        }
    }

    /// <summary>Whoever waits for an answer of a worker hears that it has ended.</summary>
    private Task EndWorkersAsync() => Task.WhenAll(_workers.Select(worker => Task.Run(() => worker?.End())));

    /// <summary>The worker process of this number, started if there is none.</summary>
    private WorkerProcess Worker(int index)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _workers[index] ??= WorkerProcess.Start();
        }
    }

    /// <summary>Ends a worker process; whoever needs one of its number starts another.</summary>
    private void Forget(int index)
    {
        Interlocked.Exchange(ref _workers[index], null)?.Dispose();
        _processorTicks[index] = 0;
    }

    private void Account(Recorder? recorder, int worker, WorkerReply reply)
    {
        recorder?.AddWorkerProcessor(TimeSpan.FromTicks(reply.ProcessorTicks - _processorTicks[worker]));
        _processorTicks[worker] = reply.ProcessorTicks;
    }
}

/// <summary>
/// Worker processes for one call. Almost equivalent to <c>with Pool() as pool: pool.map(work, items)</c>: starting and
/// ending the processes is part of what it costs. In Python the way to compute on all cores; in C# threads already do
/// that, and a process is for isolation: a crash stays in it.
/// </summary>
public static class Processes
{
    /// <summary>Starts worker processes, runs a static method on each item, ends them.</summary>
    /// <param name="items">What to work on; must survive a journey as JSON.</param>
    /// <param name="work">A static method of a library on disk; its result must survive the journey, too.</param>
    /// <param name="workers">Number of processes; one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the worker processes and the call.</param>
    /// <exception cref="ArgumentException">The work is a lambda or was compiled in a cell: it cannot cross to another process.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items,
        Func<TItem, TResult> work,
        int? workers = null,
        IProgress<Progress>? progress = null,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        _ = WorkerJob.For(work);
        using var pool = ProcessPool.Start(workers);
        return await pool.Map(items, work, progress, cancel).ConfigureAwait(false);
    }
}
