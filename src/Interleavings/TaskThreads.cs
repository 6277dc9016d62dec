using System.Runtime;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Threads that play the tasks of one run after the other, one thread at a time, handing a baton on. They end with this
/// object, whatever users' code does: a thread that waits is interrupted, one that loops is aborted.
/// </summary>
internal sealed class TaskThreads(TimeSpan stepTimeout, CancellationToken cancellationToken) : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);

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
                _threads.Add(new TaskThread($"task {_threads.Count}", _abort.Token));
            }

            return _threads[number];
        }
    }

    /// <summary>Gives control back to the caller of <see cref="AwaitControl"/>.</summary>
    public void GiveBack() => _back.Release();

    /// <summary>Waits until a task thread gives control back.</summary>
    /// <exception cref="UncontrolledConcurrencyException">Nothing moved for as long as stepTimeout lasts.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public void AwaitControl(Execution execution, Func<string> whoIsAway)
    {
        var (seen, since) = (execution.Progress, Environment.TickCount64);
        while (!_back.Wait(Glance, cancellationToken))
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

    public void Dispose()
    {
        foreach (var thread in _threads)
        {
            thread.Stop();
        }

        Ending.Of([.. _threads.Select(thread => thread.Thread)], _abort);
        _abort.Dispose();
        _back.Dispose();
    }
}

/// <summary>One of <see cref="TaskThreads"/>.</summary>
internal sealed class TaskThread
{
    private readonly Baton _baton = new();
    private readonly Thread _thread;
    private readonly CancellationToken _abort;
    private volatile bool _stop;

    public TaskThread(string name, CancellationToken abort)
    {
        _abort = abort;
        _thread = new Thread(Live) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>What it does when it next gets the baton while idle.</summary>
    public Action? Job { get; set; }

    public bool IsCurrent => Thread.CurrentThread == _thread;

    /// <summary>Lets it run.</summary>
    public void Pass() => _baton.Pass();

    /// <summary>Waits, on this very thread, until it is let run.</summary>
    public void Take() => _baton.Take();

    public void Stop()
    {
        _stop = true;
        Pass();
    }

    public Thread Thread => _thread;

    private void Live()
    {
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

/// <summary>
/// The thread that has it may run. Almost a semaphore of one permit; it looks a few times before it sleeps, because the other thread
/// usually gives it back within a microsecond.
/// </summary>
internal sealed class Baton
{
    private const int Looks = 40;

    private volatile bool _here;

    public void Pass()
    {
        lock (this)
        {
            _here = true;
            Monitor.Pulse(this);
        }
    }

    public void Take()
    {
        for (var look = 0; look < Looks && !_here; look++)
        {
            Thread.SpinWait(12);
        }

        lock (this)
        {
            while (!_here)
            {
                Monitor.Wait(this);
            }

            _here = false;
        }
    }
}
