namespace ConcurrencyLab.Tests;

/// <summary>Counters, checks and flags, as learners write them.</summary>
internal static partial class Snippets
{
    private static void UnprotectedCounter()
    {
        var count = 0;
        var a = new Thread(() => count++);
        var b = new Thread(() => count++);
        a.Start();
        b.Start();
        a.Join();
        b.Join();
        Check.That(count == 2);
    }

    private static void InterlockedCounter()
    {
        var count = 0;
        var threads = Enumerable.Range(0, 3).Select(_ => new Thread(() => Interlocked.Increment(ref count))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Check.That(count == 3);
    }

    private static void InterlockedThenRead()
    {
        var tickets = 0;
        var first = 0;
        var second = 0;
        Parallel.Invoke(
            () =>
            {
                Interlocked.Increment(ref tickets);
                first = tickets;
            },
            () =>
            {
                Interlocked.Increment(ref tickets);
                second = tickets;
            });
        Check.That(first != second, "everybody has a number of their own");
    }

    private static void InterlockedResult()
    {
        var tickets = 0;
        var first = 0;
        var second = 0;
        Parallel.Invoke(() => first = Interlocked.Increment(ref tickets), () => second = Interlocked.Increment(ref tickets));
        Check.That(first != second, "everybody has a number of their own");
    }

    private sealed class Account(int balance)
    {
        public int Balance { get; private set; } = balance;

        public bool Withdraw(int amount)
        {
            if (Balance < amount)
            {
                return false;
            }

            Balance -= amount;
            return true;
        }
    }

    private static void CheckThenWithdraw()
    {
        var account = new Account(100);
        var a = Task.Run(() => account.Withdraw(80));
        var b = Task.Run(() => account.Withdraw(80));
        Task.WaitAll(a, b);
        Check.That(account.Balance >= 0);
    }

    private sealed class LockedAccount(int balance)
    {
        private readonly Lock _gate = new();
        private int _balance = balance;

        public int Balance
        {
            get
            {
                lock (_gate)
                {
                    return _balance;
                }
            }
        }

        public bool Withdraw(int amount)
        {
            using (_gate.EnterScope())
            {
                if (_balance < amount)
                {
                    return false;
                }

                _balance -= amount;
                return true;
            }
        }
    }

    private static void CheckAndWithdrawInALock()
    {
        var account = new LockedAccount(100);
        var a = Task.Run(() => account.Withdraw(80));
        var b = Task.Run(() => account.Withdraw(80));
        Task.WaitAll(a, b);
        Check.That(a.Result != b.Result && account.Balance == 20);
    }

    private static void LocksOnDifferentObjects()
    {
        var total = 0;
        void Add()
        {
            var gate = new object();
            lock (gate)
            {
                total += 1;
            }
        }

        Parallel.Invoke(Add, Add);
        Check.That(total == 2);
    }

    private static void CapturedLoopVariable()
    {
        var seen = new int[3];
        var threads = new List<Thread>();
        for (var i = 0; i < 2; i++)
        {
            var thread = new Thread(() => seen[i]++);
            threads.Add(thread);
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Check.That(seen[0] == 1 && seen[1] == 1);
    }

    private static void CopiedLoopVariable()
    {
        var seen = new int[2];
        var threads = new List<Thread>();
        for (var i = 0; i < 2; i++)
        {
            var mine = i;
            var thread = new Thread(() => seen[mine]++);
            threads.Add(thread);
            thread.Start();
        }

        foreach (var thread in threads)
        {
            thread.Join();
        }

        Check.That(seen[0] == 1 && seen[1] == 1);
    }

    private sealed class Settings
    {
        private static Settings? _instance;
        private static readonly object Gate = new();

        public int Temperature;

        public static Settings DoneTooEarly()
        {
            if (_instance is null)
            {
                lock (Gate)
                {
                    if (_instance is null)
                    {
                        _instance = new Settings();
                        _instance.Temperature = 93;
                    }
                }
            }

            return _instance;
        }

        public static Settings DoneRight()
        {
            if (_instance is null)
            {
                lock (Gate)
                {
                    if (_instance is null)
                    {
                        var made = new Settings();
                        made.Temperature = 93;
                        _instance = made;
                    }
                }
            }

            return _instance;
        }
    }

    private static void DoubleCheckedTooEarly()
    {
        var a = Task.Run(() => Settings.DoneTooEarly().Temperature);
        var b = Task.Run(() => Settings.DoneTooEarly().Temperature);
        Check.That(a.Result == 93 && b.Result == 93);
    }

    private static void DoubleCheckedRight()
    {
        var a = Task.Run(() => Settings.DoneRight().Temperature);
        var b = Task.Run(() => Settings.DoneRight().Temperature);
        Check.That(a.Result == 93 && b.Result == 93);
    }
}
