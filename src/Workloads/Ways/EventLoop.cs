using System.Collections.Concurrent;

namespace ConcurrencyLab;

/// <summary>
/// Runs asynchronous code on one thread and no other: the calling one takes whatever is ready to go on, one thing after
/// the other. Almost equivalent to Python's <c>asyncio.run</c> and to what a window's message loop does; a console
/// program has none, its code goes on after an <c>await</c> on any thread of the pool.
/// </summary>
public static class EventLoop
{
    /// <summary>Runs the program to its end on the calling thread.</summary>
    /// <param name="program">Code that awaits. Code in it that blocks stops everything, as in every event loop.</param>
    /// <returns>What the program returned; what it threw is thrown.</returns>
    public static T Run<T>(Func<Task<T>> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var before = SynchronizationContext.Current;
        using var loop = new Loop();
        SynchronizationContext.SetSynchronizationContext(loop);
        try
        {
            var running = program();
            // Not by way of the loop, which may be waiting for just this note, nor of the pool, which may be busy.
            running.ContinueWith(_ => loop.Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            loop.TurnUntilClosed();
            return running.GetAwaiter().GetResult();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <inheritdoc cref="Run{T}(Func{Task{T}})"/>
    public static void Run(Func<Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        Run(async () =>
        {
            await program();
            return true;
        });
    }

    private sealed class Loop : SynchronizationContext, IDisposable
    {
        private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _ready = [];

        public override void Post(SendOrPostCallback d, object? state)
        {
            try
            {
                _ready.Add((d, state));
            }
            catch (InvalidOperationException)
            {
                // The program has ended without waiting for this: its rest goes where it would have gone without a loop.
                ThreadPool.QueueUserWorkItem(_ => d(state));
            }
        }

        public override void Send(SendOrPostCallback d, object? state) =>
            throw new NotSupportedException("An event loop has one thread: await instead of waiting for it to run something.");

        public override SynchronizationContext CreateCopy() => this;

        internal void TurnUntilClosed()
        {
            foreach (var (callback, state) in _ready.GetConsumingEnumerable())
            {
                callback(state);
            }
        }

        internal void Close() => _ready.CompleteAdding();

        public void Dispose() => _ready.Dispose();
    }
}
