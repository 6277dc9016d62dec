namespace ConcurrencyLab.Tests;

/// <summary>
/// Programs of other people's suites (CHESS's managed one, SCTBench, the concurrent-software benchmarks), each written anew as
/// ordinary C#, with the verdict that their authors give.
/// </summary>
internal static partial class Classics
{
    public static IReadOnlyList<(ConcurrentProgram Program, Outcome Expected)> All { get; } =
    [
        (ConcurrentProgram.OfCode("work stealing queue, unlocked pop", StealingUnlocked), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("work stealing queue, locked", StealingLocked), Outcome.Holds),
        (ConcurrentProgram.OfCode("string buffer", StringBuffers), Outcome.UnhandledException),
        (ConcurrentProgram.OfCode("bank transfer, both ways", Transfers), Outcome.Deadlock),
        (ConcurrentProgram.OfCode("bank transfer, ordered", OrderedTransfers), Outcome.Holds),
        (ConcurrentProgram.OfCode("philosophers", Philosophers), Outcome.Deadlock),
        (ConcurrentProgram.OfCode("philosophers, one left-handed", LeftHandedPhilosophers), Outcome.Holds),
        (ConcurrentProgram.OfCode("Peterson", Peterson), Outcome.Holds),
        (ConcurrentProgram.OfCode("Peterson, turn first", PetersonTurnFirst), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("Dekker's handshake", Handshake), Outcome.Holds),
        (ConcurrentProgram.OfCode("ticket lock", TicketLock), Outcome.Holds),
        (ConcurrentProgram.OfCode("Treiber's stack", TreiberStack), Outcome.Holds),
        (ConcurrentProgram.OfCode("stack of reused nodes", ReusedNodes), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("reorder", Reorder), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("two stages", TwoStages), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("wrong lock", WrongLock), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("device driver stops", Driver), Outcome.BrokenInvariant),
        (ConcurrentProgram.OfCode("carter", Carter), Outcome.Deadlock),
    ];

    private sealed class StealingQueue(bool locksPop)
    {
        private readonly int[] _items = new int[4];
        private readonly object _gate = new();
        private int _head;
        private int _tail;

        public void Push(int item) => _items[_tail++] = item;

        public bool TryPop(out int item)
        {
            var taken = false;
            try
            {
                if (locksPop)
                {
                    Monitor.Enter(_gate, ref taken);
                }

                item = 0;
                if (_head >= _tail)
                {
                    return false;
                }

                item = _items[--_tail];
                return true;
            }
            finally
            {
                if (taken)
                {
                    Monitor.Exit(_gate);
                }
            }
        }

        public bool TrySteal(out int item)
        {
            lock (_gate)
            {
                item = 0;
                if (_head >= _tail)
                {
                    return false;
                }

                item = _items[_head++];
                return true;
            }
        }
    }

    private static void Stealing(bool locked)
    {
        var queue = new StealingQueue(locked);
        var runs = new int[3];
        queue.Push(1);
        queue.Push(2);
        var thief = new Thread(() =>
        {
            if (queue.TrySteal(out var stolen))
            {
                Interlocked.Increment(ref runs[stolen]);
            }
        });
        thief.Start();
        while (queue.TryPop(out var mine))
        {
            Interlocked.Increment(ref runs[mine]);
        }

        thief.Join();
        Check.That(runs[1] == 1 && runs[2] == 1, "every job runs once");
    }

    private static void StealingUnlocked() => Stealing(locked: false);

    private static void StealingLocked() => Stealing(locked: true);

    private sealed class Text(string content)
    {
        private string _content = content;

        public int Length
        {
            get
            {
                lock (this)
                {
                    return _content.Length;
                }
            }
        }

        public string Part(int length)
        {
            lock (this)
            {
                return _content[..length];
            }
        }

        public void Clear()
        {
            lock (this)
            {
                _content = "";
            }
        }

        public void Append(Text other)
        {
            lock (this)
            {
                var length = other.Length;
                _content += other.Part(length);
            }
        }
    }

    private static void StringBuffers()
    {
        var one = new Text("abc");
        var other = new Text("def");
        var clearing = new Thread(other.Clear);
        clearing.Start();
        one.Append(other);
        clearing.Join();
    }

    private sealed class Account(int number, int balance)
    {
        public int Number => number;

        public int Balance = balance;
    }

    private static void Move(Account from, Account to, int amount)
    {
        lock (from)
        {
            lock (to)
            {
                from.Balance -= amount;
                to.Balance += amount;
            }
        }
    }

    private static void MoveInOrder(Account from, Account to, int amount)
    {
        var (first, second) = from.Number < to.Number ? (from, to) : (to, from);
        lock (first)
        {
            lock (second)
            {
                from.Balance -= amount;
                to.Balance += amount;
            }
        }
    }

    private static void Transfers()
    {
        var (a, b) = (new Account(1, 100), new Account(2, 100));
        Parallel.Invoke(() => Move(a, b, 10), () => Move(b, a, 20));
        Check.That(a.Balance + b.Balance == 200);
    }

    private static void OrderedTransfers()
    {
        var (a, b) = (new Account(1, 100), new Account(2, 100));
        Parallel.Invoke(() => MoveInOrder(a, b, 10), () => MoveInOrder(b, a, 20));
        Check.That(a.Balance == 110 && b.Balance == 90);
    }
}
