using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>The permits of a semaphore, and who awaits one.</summary>
internal sealed class TwinPermits(ProgramBuilder builder, string name, int count, int most) : ControlledObject(builder, name)
{
    private readonly List<TaskCompletionSource<bool>> _awaiting = [];

    public int Count { get; private set; } = count;

    internal override string State => Show(Count);

    public void Take() => Count--;

    public bool TryTake()
    {
        if (Count == 0)
        {
            return false;
        }

        Count--;
        return true;
    }

    /// <summary>Completed when there is a permit; else when one is given.</summary>
    public TaskCompletionSource<bool> TakeLater()
    {
        var waiting = new TaskCompletionSource<bool>();
        if (TryTake())
        {
            waiting.SetResult(true);
        }
        else
        {
            _awaiting.Add(waiting);
        }

        return waiting;
    }

    public bool GiveUp(TaskCompletionSource<bool> waiting) => _awaiting.Remove(waiting);

    public int Give(int permits)
    {
        if (most - Count < permits)
        {
            throw new SemaphoreFullException();
        }

        var before = Count;
        Count += permits;
        while (Count > 0 && _awaiting.Count > 0)
        {
            var next = _awaiting[0];
            _awaiting.RemoveAt(0);
            Count--;
            next.SetResult(true);
        }

        return before;
    }
}

/// <summary>Stands for <see cref="SemaphoreSlim"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinSemaphoreSlim
{
    public static void Wait(int line, SemaphoreSlim semaphore)
    {
        if (Of(semaphore, line) is var (strand, permits))
        {
            strand.Wait(line, permits, $"wait for {permits.Name}", () => permits.Count > 0, permits.Take);
        }
    }

    public static bool Wait(int line, SemaphoreSlim semaphore, int millisecondsTimeout)
    {
        if (millisecondsTimeout == Timeout.Infinite)
        {
            Wait(line, semaphore);
            return true;
        }

        var taken = true;
        if (Of(semaphore, line) is var (strand, permits))
        {
            strand.Do(line, permits, $"try {permits.Name}", () => taken = permits.TryTake());
        }

        return taken;
    }

    public static bool Wait(int line, SemaphoreSlim semaphore, TimeSpan timeout) => Wait(line, semaphore, (int)timeout.TotalMilliseconds);

    public static void Wait(int line, SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            Wait(line, semaphore);
            return;
        }

        var waiting = WaitAsync(line, semaphore, cancellationToken);
        TwinCompletion.WaitFor(line, waiting);
        waiting.GetAwaiter().GetResult();
    }

    public static Task WaitAsync(int line, SemaphoreSlim semaphore) => Later(line, semaphore)?.Task ?? semaphore.WaitAsync();

    public static Task WaitAsync(int line, SemaphoreSlim semaphore, CancellationToken cancellationToken)
    {
        if (TwinCancellation.IsRequested(line, cancellationToken))
        {
            return Task.FromCanceled(cancellationToken);
        }

        if (Later(line, semaphore) is not { } waiting)
        {
            return semaphore.WaitAsync(cancellationToken);
        }

        if (!waiting.Task.IsCompleted && cancellationToken.CanBeCanceled)
        {
            cancellationToken.Register(() => GiveUp(line, semaphore, waiting, () => waiting.TrySetCanceled(cancellationToken)));
        }

        return waiting.Task;
    }

    public static Task<bool> WaitAsync(int line, SemaphoreSlim semaphore, int millisecondsTimeout)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return semaphore.WaitAsync(millisecondsTimeout);
        }

        if (millisecondsTimeout == 0)
        {
            return Task.FromResult(Wait(line, semaphore, 0));
        }

        var waiting = Later(line, semaphore)!;
        if (!waiting.Task.IsCompleted && millisecondsTimeout > 0)
        {
            strand.Run.Spawn(null, isBackground: true, () => GiveUp(line, semaphore, waiting, () => waiting.TrySetResult(false)));
        }

        return waiting.Task;
    }

    public static Task<bool> WaitAsync(int line, SemaphoreSlim semaphore, TimeSpan timeout) => WaitAsync(line, semaphore, (int)timeout.TotalMilliseconds);

    public static int Release(int line, SemaphoreSlim semaphore) => Release(line, semaphore, 1);

    public static int Release(int line, SemaphoreSlim semaphore, int releaseCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(releaseCount, 1);
        var before = 0;
        if (Of(semaphore, line) is var (strand, permits))
        {
            strand.Do(line, permits, $"release {permits.Name}", () => before = permits.Give(releaseCount));
        }

        return before;
    }

    public static int CurrentCount(int line, SemaphoreSlim semaphore)
    {
        if (Of(semaphore, line) is not var (strand, permits))
        {
            return semaphore.CurrentCount;
        }

        strand.Do(line, permits, $"look at {permits.Name}", () => { }, looks: true);
        return permits.Count;
    }

    private static void GiveUp(int line, SemaphoreSlim semaphore, TaskCompletionSource<bool> waiting, Action ends)
    {
        if (Of(semaphore, line) is var (strand, permits))
        {
            strand.Do(line, permits, $"no longer wait for {permits.Name}", () =>
            {
                if (permits.GiveUp(waiting))
                {
                    ends();
                }
            });
        }
    }

    private static TaskCompletionSource<bool>? Later(int line, SemaphoreSlim semaphore)
    {
        if (Of(semaphore, line) is not var (strand, permits))
        {
            return null;
        }

        TaskCompletionSource<bool> waiting = null!;
        strand.Do(line, permits, $"wait for {permits.Name}", () => waiting = permits.TakeLater());
        if (!waiting.Task.IsCompleted)
        {
            // Whoever awaits it looks at the semaphore.
            strand.Run.Bind(waiting.Task, permits);
        }

        return waiting;
    }

    private static (Strand Strand, TwinPermits Permits)? Of(SemaphoreSlim semaphore, int line) => Twin.Here(line) is { } strand
        ? (strand, strand.Run.ModelOf(semaphore, name => new TwinPermits(strand.Run.Builder, name, semaphore.CurrentCount, Most(semaphore)), "semaphore"))
        : null;

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "m_maxCount")]
    private static extern ref int MostOf(SemaphoreSlim semaphore);

    private static int Most(SemaphoreSlim semaphore) => MostOf(semaphore);
}
