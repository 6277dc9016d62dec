using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>An event, open or shut; or a lock or permits that are used as one.</summary>
internal sealed class TwinSignal(ProgramBuilder builder, string name, int count, int most, bool stays) : ControlledObject(builder, name)
{
    public int Count { get; set; } = count;

    public int Most { get; } = most;

    public void Take() => Count -= stays ? 0 : 1;

    internal override string State => stays || Most == 1 ? Count > 0 ? "set" : "" : Show(Count);
}

/// <summary>Stands for <see cref="ManualResetEventSlim"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinManualResetEventSlim
{
    public static void Set(int line, ManualResetEventSlim it) => TwinWaitHandle.Change(line, it, "set", signal => signal.Count = 1, it.Set);

    public static void Reset(int line, ManualResetEventSlim it) => TwinWaitHandle.Change(line, it, "reset", signal => signal.Count = 0, it.Reset);

    public static void Wait(int line, ManualResetEventSlim it) => TwinWaitHandle.Take(line, it, -1);

    public static bool Wait(int line, ManualResetEventSlim it, int millisecondsTimeout) => TwinWaitHandle.Take(line, it, millisecondsTimeout);

    public static bool Wait(int line, ManualResetEventSlim it, TimeSpan timeout) => TwinWaitHandle.Take(line, it, (int)timeout.TotalMilliseconds);

    public static bool IsSet(int line, ManualResetEventSlim it) => TwinWaitHandle.Look(line, it) > 0;
}

/// <summary>Stands for <see cref="EventWaitHandle"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinEventWaitHandle
{
    public static EventWaitHandle New(int line, bool initialState, EventResetMode mode) => mode == EventResetMode.ManualReset ? new ManualResetEvent(initialState) : new AutoResetEvent(initialState);

    public static bool Set(int line, EventWaitHandle it)
    {
        TwinWaitHandle.Change(line, it, "set", signal => signal.Count = 1, () => it.Set());
        return true;
    }

    public static bool Reset(int line, EventWaitHandle it)
    {
        TwinWaitHandle.Change(line, it, "reset", signal => signal.Count = 0, () => it.Reset());
        return true;
    }
}

/// <summary>Stands for <see cref="Semaphore"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinSemaphore
{
    public static Semaphore New(int line, int initialCount, int maximumCount)
    {
        var made = new Semaphore(initialCount, maximumCount);
        if (Strand.Current is { } strand)
        {
            strand.Run.ModelOf(made, name => new TwinSignal(strand.Run.Builder, name, initialCount, maximumCount, stays: false), "semaphore");
        }

        return made;
    }

    public static int Release(int line, Semaphore it) => Release(line, it, 1);

    public static int Release(int line, Semaphore it, int releaseCount)
    {
        var before = 0;
        TwinWaitHandle.Change(line, it, "release", signal =>
        {
            before = signal.Count;
            signal.Count = signal.Count + releaseCount <= signal.Most ? signal.Count + releaseCount : throw new SemaphoreFullException();
        }, () => before = it.Release(releaseCount));
        return before;
    }
}

/// <summary>Stands for <see cref="Mutex"/>: a lock.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinMutex
{
    public static void ReleaseMutex(int line, Mutex it)
    {
        try
        {
            TwinMonitor.Exit(line, it);
        }
        catch (SynchronizationLockException)
        {
            throw new ApplicationException("Object synchronization method was called from an unsynchronized block of code.");
        }
    }
}

/// <summary>Stands for <see cref="WaitHandle"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinWaitHandle
{
    public static bool WaitOne(int line, WaitHandle it) => WaitOne(line, it, -1);

    public static bool WaitOne(int line, WaitHandle it, int millisecondsTimeout) => it is Mutex ? TwinMonitor.TryEnter(line, it, millisecondsTimeout) : Take(line, it, millisecondsTimeout);

    public static bool WaitOne(int line, WaitHandle it, TimeSpan timeout) => WaitOne(line, it, (int)timeout.TotalMilliseconds);

    public static bool WaitAll(int line, WaitHandle[] waitHandles)
    {
        foreach (var handle in waitHandles)
        {
            WaitOne(line, handle);
        }

        return true;
    }

    internal static TwinSignal ModelOf(Strand strand, object it) => strand.Run.ModelOf(it, name => it switch
    {
        ManualResetEventSlim slim => new TwinSignal(strand.Run.Builder, name, slim.IsSet ? 1 : 0, 1, stays: true),
        ManualResetEvent manual => new TwinSignal(strand.Run.Builder, name, manual.WaitOne(0) ? 1 : 0, 1, stays: true),
        AutoResetEvent automatic => new TwinSignal(strand.Run.Builder, name, WasSet(automatic) ? 1 : 0, 1, stays: false),
        _ => throw new UncontrolledConcurrencyException($"A {it.GetType().Name} is not controlled by the scheduler."),
    }, "event");

    internal static void Change(int line, object it, string what, Action<TwinSignal> change, Action real)
    {
        if (Twin.Here(line) is not { } strand)
        {
            real();
            return;
        }

        var signal = ModelOf(strand, it);
        strand.Do(line, signal, $"{what} {signal.Name}", () => change(signal));
    }

    internal static bool Take(int line, object it, int millisecondsTimeout)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return true;
        }

        var signal = ModelOf(strand, it);
        if (millisecondsTimeout == Timeout.Infinite)
        {
            strand.Wait(line, signal, $"wait for {signal.Name}", () => signal.Count > 0, signal.Take);
            return true;
        }

        var taken = false;
        strand.Do(line, signal, $"try {signal.Name}", () =>
        {
            taken = signal.Count > 0;
            if (taken)
            {
                signal.Take();
            }
        });
        return taken;
    }

    internal static int Look(int line, object it)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return 0;
        }

        var signal = ModelOf(strand, it);
        strand.Do(line, signal, $"look at {signal.Name}", () => { }, looks: true);
        return signal.Count;
    }

    private static bool WasSet(AutoResetEvent automatic)
    {
        var set = automatic.WaitOne(0);
        if (set)
        {
            automatic.Set();
        }

        return set;
    }
}

/// <summary>Stands for <see cref="CountdownEvent"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinCountdownEvent
{
    public static bool Signal(int line, CountdownEvent it) => Signal(line, it, 1);

    public static bool Signal(int line, CountdownEvent it, int signalCount) => Change(line, it, "signal", left => left - signalCount is >= 0 and var less ? less : throw new InvalidOperationException("Invalid attempt made to decrement the event's count below zero.")) == 0;

    public static void AddCount(int line, CountdownEvent it) => AddCount(line, it, 1);

    public static void AddCount(int line, CountdownEvent it, int signalCount) => Change(line, it, "add to", left => left > 0 ? left + signalCount : throw new InvalidOperationException("The event is already signaled and cannot be incremented."));

    public static void Wait(int line, CountdownEvent it)
    {
        if (Twin.Here(line) is { } strand)
        {
            var left = Of(strand, it);
            strand.Wait(line, left, $"wait for {left.Name}", () => left.Count == 0);
        }
    }

    public static int CurrentCount(int line, CountdownEvent it) => Change(line, it, "look at", left => left, looks: true);

    public static bool IsSet(int line, CountdownEvent it) => CurrentCount(line, it) == 0;

    private static int Change(int line, CountdownEvent it, string what, Func<int, int> change, bool looks = false)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return it.CurrentCount;
        }

        var left = Of(strand, it);
        strand.Do(line, left, $"{what} {left.Name}", () => left.Count = change(left.Count), looks);
        return left.Count;
    }

    private static TwinSignal Of(Strand strand, CountdownEvent it) => strand.Run.ModelOf(it, name => new TwinSignal(strand.Run.Builder, name, it.CurrentCount, int.MaxValue, stays: false), "countdown");
}
