using System.Collections.Concurrent;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 09: hold the lock to compute, never to wait.</summary>
    public static Exercise<Func<PracticeGil, Func<int>, Func<int, int>, int>> ReleaseWhileWaiting { get; } = new(
        "09-1",
        "Wait first, with nothing in hand. Then Take, compute in a try, and Release in its finally: a lock must come back even when the work throws.",
        """
        int Serve(PracticeGil gil, Func<int> wait, Func<int, int> compute)
        {
            var order = wait();
            gil.Take();
            try { return compute(order); }
            finally { gil.Release(); }
        }

        await Exercises.ReleaseWhileWaiting.Check(Serve)
        """,
        attempt => WithFourThreads(attempt) ?? WhenItThrows(attempt, "waiting") ?? WhenItThrows(attempt, "computing"));

    private static string? WithFourThreads(Func<PracticeGil, Func<int>, Func<int, int>, int> attempt)
    {
        var gil = new PracticeGil();
        var faults = new ConcurrentQueue<string>();
        int Wait(int number)
        {
            if (gil.IsMine) faults.Enqueue("It waited with the lock in its hand: no other thread could compute meanwhile.");
            Thread.Sleep(5);
            return number;
        }

        int Compute(int order)
        {
            if (!gil.IsMine) faults.Enqueue("It computed without the lock: two threads could do so at once.");
            return order * order;
        }

        var answers = ThreadPerItem.Map(Enumerable.Range(1, 4), number => attempt(gil, () => Wait(number), Compute)).ToArray();
        return faults.TryPeek(out var fault) ? fault
            : gil.IsTaken ? "At the end a thread still held the lock: Release was forgotten."
            : answers.SequenceEqual([1, 4, 9, 16]) ? null
            : $"For the orders 1 to 4 it returned {string.Join(", ", answers)} instead of 1, 4, 9, 16: return what compute gives.";
    }

    private static string? WhenItThrows(Func<PracticeGil, Func<int>, Func<int, int>, int> attempt, string where)
    {
        var gil = new PracticeGil();
        try
        {
            attempt(gil, () => where == "waiting" ? throw new IOException() : 1, _ => throw new IOException());
            return $"When {where} threw an exception, it was swallowed: let it through.";
        }
        catch (IOException)
        {
            return gil.IsTaken ? $"When {where} threw an exception, the lock was never given back: release it in a finally." : null;
        }
        catch (SynchronizationLockException misuse)
        {
            return $"When {where} threw an exception: {misuse.Message}";
        }
    }
}

/// <summary>The one lock of exercise 09-1. It notices misuse instead of hanging.</summary>
public sealed class PracticeGil
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(2);
    private readonly object _gate = new();
    private volatile Thread? _owner;

    internal bool IsMine => _owner == Thread.CurrentThread;

    internal bool IsTaken => _owner is not null;

    /// <summary>Waits until the lock is free and takes it.</summary>
    /// <exception cref="SynchronizationLockException">The thread has it already, or it is not given back.</exception>
    public void Take()
    {
        if (IsMine) throw new SynchronizationLockException("It took the lock twice: a thread that has it already waits for itself.");
        lock (_gate)
        {
            while (_owner is not null)
            {
                if (!Monitor.Wait(_gate, WaitTimeout)) throw new SynchronizationLockException("For two seconds the lock was not given back: Release was forgotten.");
            }

            _owner = Thread.CurrentThread;
        }
    }

    /// <summary>Gives the lock back.</summary>
    /// <exception cref="SynchronizationLockException">The thread does not have it.</exception>
    public void Release()
    {
        if (!IsMine) throw new SynchronizationLockException("It released a lock that it did not hold.");
        lock (_gate)
        {
            _owner = null;
            Monitor.PulseAll(_gate);
        }
    }
}
