namespace ConcurrencyLab;

/// <summary>
/// Worker processes that stay between calls, talking over pipes: Python's <c>multiprocessing.Pool</c>. Each has its own
/// memory and its own garbage collector; items and results cross as JSON text. All end with this process.
/// </summary>
public sealed class ProcessPool : IDisposable
{
    private readonly WorkerProcess?[] _workers;
    private readonly Lock _gate = new();
    private bool _isDisposed;
    private int _roundTrips;

    /// <summary>A pool whose processes start when they are needed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than <see cref="Most"/>.</exception>
    internal ProcessPool(int workers) => _workers = workers <= Most
        ? new WorkerProcess?[workers]
        : throw new ArgumentOutOfRangeException(nameof(workers), workers,
            $"At most {Most} worker processes are started here: each takes tens of megabytes, and more of them than cores take turns.");

    /// <summary>Most worker processes of one pool: enough for whatever can be learnt of them, too few to take a machine down.</summary>
    internal static int Most => Math.Max(64, 4 * Environment.ProcessorCount);

    /// <summary>Number of worker processes.</summary>
    public int Count => _workers.Length;

    /// <summary>How many items have crossed to a worker so far, each with its result back.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    /// <summary>The most items that one call of <see cref="Map"/> has given to the workers.</summary>
    internal int LargestBatch { get; private set; }

    /// <summary>Starts the processes. Each takes some tens of milliseconds and megabytes: that is what a process costs.</summary>
    /// <param name="workers">How many; one for each core when left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one was asked for, or more than some dozens.</exception>
    public static ProcessPool Start(int? workers = null) => new ProcessPool(Workers.OrCores(workers)).OrDispose(pool =>
    {
        var cancel = HostInterrupt.Token;
        for (var worker = 0; worker < pool.Count; worker++)
        {
            cancel.ThrowIfCancellationRequested();
            pool.Open(worker, cancel);
        }

        return pool;
    });

    /// <summary>Runs a static method on each item, each worker process taking the next one when it is free.</summary>
    /// <param name="items">What to work on; must survive a journey as JSON.</param>
    /// <param name="work">A static method of a library on disk; its result must survive the journey, too.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the worker processes and the call.</param>
    /// <exception cref="ArgumentException">The work is a lambda or was compiled in a cell: it cannot cross to another process.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        var job = WorkerJob.For(work);
        // Worker processes do not hear of the notebook's stop button by themselves.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, HostInterrupt.Token);
        cancel = stop.Token;
        var batch = new Batch<TItem, TResult>(items, cancel, progress);
        LargestBatch = Math.Max(LargestBatch, batch.Count);
        var recorder = Recorder.Current;
        var next = -1;
        var ending = Task.CompletedTask;
        if (batch.Count > 0)
        {
            using var asked = cancel.UnsafeRegister(_ => ending = Task.Run(EndAll), null);
            await OnThread(() => ServeAll(Math.Min(Count, batch.Count))).ConfigureAwait(false);
        }

        await ending.ConfigureAwait(false);
        return batch.ToResults();

        // A thread for each worker: an item's way to a thread of the pool and back costs more than its way to the worker.
        // The first of them starts the others, so that the caller goes on at once.
        void ServeAll(int workers)
        {
            var others = Enumerable.Range(1, workers - 1).TakeWhile(_ => !cancel.IsCancellationRequested)
                .Select(worker => OnThread(() => Serve(worker))).ToArray();
            Serve(0);
            Task.WhenAll(others).GetAwaiter().GetResult();
            // A cancellation may be seen here before whoever is told of it has begun.
            if (cancel.IsCancellationRequested) EndAll();
        }

        void Serve(int worker)
        {
            for (int index; (index = Interlocked.Increment(ref next)) < batch.Count && Open(worker, cancel) is { } process;)
            {
                TResult result;
                try
                {
                    var reply = process.Ask(job, batch.Items[index]);
                    Interlocked.Increment(ref _roundTrips);
                    recorder?.Add(new WorkerSpan(worker, batch.Items[index], reply.Start, reply.End), TimeSpan.FromTicks(reply.ProcessorTicks));
                    result = reply.ResultAs<TResult>();
                }
                catch (WorkerEndedException) when (cancel.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception error) when (error is not ThreadInterruptedException)
                {
                    if (error is WorkerEndedException) Forget(worker, process);
                    batch.Fail(index, error);
                    continue;
                }

                batch.Keep(index, result);
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

        EndAll();
    }

    private static Task OnThread(Action body) =>
        Task.Factory.StartNew(body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>The worker process of this number, started if there is none; null when cancelled.</summary>
    private WorkerProcess? Open(int worker, CancellationToken cancel)
    {
        lock (_gate)
        {
            Disposal.ThrowIfClosed(_isDisposed, "The pool of worker processes");
            // Looked at here, where EndAll cannot miss the process that is just being started.
            return cancel.IsCancellationRequested ? null : _workers[worker] ??= new WorkerProcess();
        }
    }

    /// <summary>Makes room for another process in place of one that has ended.</summary>
    private void Forget(int worker, WorkerProcess process)
    {
        Interlocked.CompareExchange(ref _workers[worker], null, process);
        process.Dispose();
    }

    /// <summary>
    /// Ends the worker processes; later calls start others. None can go on after a cancellation: its answer may be on its
    /// way and would be taken for a later item's.
    /// </summary>
    private void EndAll()
    {
        List<WorkerProcess> leaving;
        lock (_gate)
        {
            leaving = [.. _workers.OfType<WorkerProcess>()];
            Array.Clear(_workers);
        }

        // Told all together: each takes a moment to leave.
        leaving.ForEach(worker => worker.Close());
        leaving.ForEach(worker => worker.Dispose());
    }
}

/// <summary>
/// Worker processes for one call. Almost equivalent to <c>with Pool() as pool: pool.map(work, items)</c>: starting and
/// ending the processes is part of what it costs. In Python the way to compute on all cores; in C# threads already do
/// that, and a process is for isolation: a crash stays in it.
/// </summary>
public static class Processes
{
    /// <summary>Starts worker processes, no more than there are items, runs a static method on each item, ends them.</summary>
    /// <inheritdoc cref="ProcessPool.Map"/>
    /// <param name="items">What to work on; must survive a journey as JSON.</param>
    /// <param name="work">A static method of a library on disk; its result must survive the journey, too.</param>
    /// <param name="workers">Number of processes, some dozens at most; one for each core when left out.</param>
    /// <param name="progress">Told after each item.</param>
    /// <param name="cancel">Ends the worker processes and the call.</param>
    public static async Task<Results<TItem, TResult>> Map<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, TResult> work, int? workers = null, IProgress<Progress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(items);
        TItem[] all = [.. items];
        using var pool = new ProcessPool(Math.Min(Workers.OrCores(workers), all.Length));
        return await pool.Map(all, work, progress, cancel).ConfigureAwait(false);
    }
}
