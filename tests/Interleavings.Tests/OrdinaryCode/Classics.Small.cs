namespace ConcurrencyLab.Tests;

/// <summary>The small ones of SCTBench.</summary>
internal static partial class Classics
{
    private static void Reorder()
    {
        var (a, b) = (0, 0);
        var setter = new Thread(() =>
        {
            a = 1;
            b = -1;
        });
        var checker = new Thread(() => Check.That((a == 0 && b == 0) || (a == 1 && b == -1)));
        setter.Start();
        checker.Start();
        setter.Join();
        checker.Join();
    }

    private static void TwoStages()
    {
        var (one, two) = (new object(), new object());
        var (first, second) = (0, 0);
        Parallel.Invoke(
            () =>
            {
                lock (one)
                {
                    first = 1;
                }

                lock (two)
                {
                    second = first + 1;
                }
            },
            () =>
            {
                int seen;
                lock (one)
                {
                    if (first == 0)
                    {
                        return;
                    }

                    seen = first;
                }

                lock (two)
                {
                    Check.That(second == seen + 1);
                }
            });
    }

    private static void WrongLock()
    {
        var (one, two) = (new object(), new object());
        var data = 0;
        Parallel.Invoke(
            () =>
            {
                lock (one)
                {
                    var old = data;
                    data++;
                    Check.That(data == old + 1);
                }
            },
            () =>
            {
                lock (two)
                {
                    data++;
                }
            });
    }

    private static void Driver()
    {
        var (pending, stopping, stopped) = (1, false, false);
        var idle = new ManualResetEventSlim();
        bool Begin()
        {
            if (stopping)
            {
                return false;
            }

            Interlocked.Increment(ref pending);
            return true;
        }

        void End()
        {
            if (Interlocked.Decrement(ref pending) == 0)
            {
                idle.Set();
            }
        }

        var stop = new Thread(() =>
        {
            stopping = true;
            End();
            idle.Wait();
            stopped = true;
        });
        stop.Start();
        if (Begin())
        {
            Check.That(!stopped, "no work after the driver has stopped");
            End();
        }

        stop.Join();
    }

    private static void Carter()
    {
        var (m, l) = (new object(), new object());
        var (a, b) = (0, 0);
        void First()
        {
            lock (m)
            {
                a++;
                if (a == 1)
                {
                    Monitor.Enter(l);
                }
            }

            lock (m)
            {
                a--;
                if (a == 0)
                {
                    Monitor.Exit(l);
                }
            }
        }

        void Second()
        {
            lock (m)
            {
                b++;
                if (b == 1)
                {
                    Monitor.Enter(l);
                }
            }

            lock (m)
            {
                b--;
                if (b == 0)
                {
                    Monitor.Exit(l);
                }
            }
        }

        Parallel.Invoke(First, Second);
    }
}
