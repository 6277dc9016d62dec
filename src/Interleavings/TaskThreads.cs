using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Threads that play the tasks of one run after the other. They end with this object, whatever users' code does: a thread that
/// waits is interrupted, one that loops is aborted by the runtime's <see cref="ControlledExecution"/>. Neither does the other's
/// job, and code may catch what interrupts it, so both are tried for a while.
/// </summary>
internal sealed class TaskThreads(TimeSpan stepTimeout, CancellationToken cancellationToken) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly List<TaskThread> _threads = [];
    private readonly CancellationTokenSource _abort = new();
    private readonly SemaphoreSlim _back = new(0);

    /// <summary>How long a task may stay away from the scheduler.</summary>
    public TimeSpan StepTimeout => stepTimeout;

    /// <summary>The thread of that number, made when first asked for.</summary>
    public TaskThread this[int number]
    {
        get
        {
            while (_threads.Count <= number)
            {
                _threads.Add(new TaskThread(this, _threads.Count, _abort.Token));
            }

            return _threads[number];
        }
    }

    /// <summary>The one of these on which this is called; null on any other thread.</summary>
    public TaskThread? Current => TaskThread.OfThisThread is { } thread && thread.Owner == this ? thread : null;

    /// <summary>Gives control back to the caller of <see cref="AwaitControl"/> or <see cref="IsBack"/>.</summary>
    public void GiveBack() => _back.Release();

    /// <summary>Whether a thread gave control back, now or within this time.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public bool IsBack(TimeSpan within) => _back.Wait(within, cancellationToken);

    /// <summary>Waits until a task thread gives control back.</summary>
    /// <exception cref="UncontrolledConcurrencyException">Nothing moved for as long as stepTimeout lasts.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void AwaitControl(Execution execution, Func<string> whoIsAway)
    {
        var (seen, since) = (execution.Progress, Environment.TickCount64);
        while (!IsBack(Glance))
        {
            if (execution.Progress != seen)
            {
                (seen, since) = (execution.Progress, Environment.TickCount64);
            }
            else if (Environment.TickCount64 - since > stepTimeout.TotalMilliseconds)
            {
                throw new UncontrolledConcurrencyException(whoIsAway());
            }
        }
    }

    /// <summary>Waits until the threads have ended, gently at first, or gives up after seconds; they are background threads.</summary>
    public void Dispose()
    {
        _threads.ForEach(thread => thread.Stop());
        if (!HaveEnded(20))
        {
            // Cancelling waits until the aborted thread has ended, which it may do only after an interruption from here.
            var aborting = new Thread(_abort.Cancel) { IsBackground = true, Name = "ending" };
            var end = Environment.TickCount64 + (long)EndTimeout.TotalMilliseconds;
            for (var attempt = 0; !HaveEnded(50) && Environment.TickCount64 < end; attempt++)
            {
                if (attempt == 2)
                {
                    aborting.Start();
                }

                _threads.ForEach(thread => thread.Thread.Interrupt());
            }

            if ((aborting.ThreadState & ThreadState.Unstarted) == 0)
            {
                aborting.Join(EndTimeout);
            }
        }

        _abort.Dispose();
        _back.Dispose();
    }

    private bool HaveEnded(int milliseconds) => _threads.TrueForAll(thread => thread.Thread.Join(milliseconds));
}

/// <summary>One of <see cref="TaskThreads"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A thread that would not end may still come back to the semaphore.")]
internal sealed class TaskThread
{
    // Looks a few times before it sleeps: the other thread usually hands over within a microsecond.
    private readonly SemaphoreSlim _go = new(0);
    private readonly CancellationToken _abort;
    private volatile bool _stop;

    [ThreadStatic]
    private static TaskThread? _ofThisThread;

    public TaskThread(TaskThreads owner, int number, CancellationToken abort)
    {
        (Owner, Number, _abort) = (owner, number, abort);
        Thread = new Thread(Live) { IsBackground = true, Name = $"task {number}" };
        Thread.Start();
    }

    public static TaskThread? OfThisThread => _ofThisThread;

    public TaskThreads Owner { get; }

    public int Number { get; }

    public Thread Thread { get; }

    /// <summary>What it does when it is next let run while idle.</summary>
    public Action? Job { get; set; }

    /// <summary>Lets it run.</summary>
    public void Pass() => _go.Release();

    /// <summary>Waits, on this very thread, until it is let run.</summary>
    public void Take() => _go.Wait();

    public void Stop()
    {
        _stop = true;
        Pass();
    }

    private void Live()
    {
        _ofThisThread = this;
        try
        {
#pragma warning disable SYSLIB0046 // The only way to end a user's endless loop without ending the process.
            ControlledExecution.Run(Work, _abort);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException)
        {
            // Stopped in the middle of something.
        }
    }

    private void Work()
    {
        while (true)
        {
            Take();
            if (_stop)
            {
                return;
            }

            Job!();
        }
    }
}
