namespace ConcurrencyLab.Tests;

/// <summary>Events, barriers, and locks of other kinds.</summary>
internal static partial class Snippets
{
    private static void EventThatLetsOnePass()
    {
        var ready = new AutoResetEvent(false);
        var a = new Thread(() => ready.WaitOne());
        var b = new Thread(() => ready.WaitOne());
        a.Start();
        b.Start();
        ready.Set();
        ready.Set();
        a.Join();
        b.Join();
    }

    private static void EventThatStaysOpen()
    {
        var ready = new ManualResetEventSlim();
        var value = 0;
        var a = Task.Run(() =>
        {
            ready.Wait();
            return value;
        });
        value = 7;
        ready.Set();
        Check.That(a.Result == 7);
    }

    private static void CountdownMeets()
    {
        using var left = new CountdownEvent(2);
        var sum = 0;
        for (var i = 1; i <= 2; i++)
        {
            var mine = i;
            ThreadPool.QueueUserWorkItem(_ =>
            {
                Interlocked.Add(ref sum, mine);
                left.Signal();
            });
        }

        left.Wait();
        Check.That(sum == 3);
    }

    private static void BarrierSeparatesPhases()
    {
        var barrier = new Barrier(2);
        var halves = new int[2];
        var sums = new int[2];
        void Work(int me)
        {
            halves[me] = me + 1;
            barrier.SignalAndWait();
            sums[me] = halves[0] + halves[1];
        }

        Parallel.Invoke(() => Work(0), () => Work(1));
        Check.That(sums[0] == 3 && sums[1] == 3);
    }

    private static void PhasesWithoutABarrier()
    {
        var halves = new int[2];
        var sums = new int[2];
        void Work(int me)
        {
            halves[me] = me + 1;
            sums[me] = halves[0] + halves[1];
        }

        Parallel.Invoke(() => Work(0), () => Work(1));
        Check.That(sums[0] == 3 && sums[1] == 3);
    }

    private static void ReadersAndAWriter()
    {
        var gate = new ReaderWriterLockSlim();
        var (first, second) = (0, 0);
        var seen = true;
        void Read()
        {
            gate.EnterReadLock();
            try
            {
                if (first != second)
                {
                    seen = false;
                }
            }
            finally
            {
                gate.ExitReadLock();
            }
        }

        Parallel.Invoke(Read, () =>
        {
            gate.EnterWriteLock();
            first++;
            second++;
            gate.ExitWriteLock();
        });
        Check.That(seen);
    }

    private static void TryEnterAndGiveUp()
    {
        var gate = new object();
        var served = 0;
        void Serve()
        {
            if (Monitor.TryEnter(gate, 100))
            {
                served++;
                Monitor.Exit(gate);
            }
        }

        Parallel.Invoke(Serve, Serve);
        Check.That(served == 2, "both were served in time");
    }

    private static void MutexAroundAList()
    {
        var mutex = new Mutex();
        var list = new List<int>();
        void Add(int number)
        {
            mutex.WaitOne();
            list.Add(number);
            mutex.ReleaseMutex();
        }

        Parallel.Invoke(() => Add(1), () => Add(2));
        Check.That(list.Count == 2);
    }
}
