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

    private static void Philosophers() => Dine(leftHanded: false);

    private static void LeftHandedPhilosophers() => Dine(leftHanded: true);

    private static void Dine(bool leftHanded)
    {
        const int Seats = 3;
        var forks = Enumerable.Range(0, Seats).Select(_ => new object()).ToArray();
        var eating = Enumerable.Range(0, Seats).Select(seat => new Thread(() =>
        {
            var (first, second) = (forks[seat], forks[(seat + 1) % Seats]);
            if (leftHanded && seat == 0)
            {
                (first, second) = (second, first);
            }

            lock (first)
            {
                lock (second)
                {
                }
            }
        })).ToList();
        eating.ForEach(thread => thread.Start());
        eating.ForEach(thread => thread.Join());
    }

    private static void Peterson() => TakeTurns(turnFirst: false);

    private static void PetersonTurnFirst() => TakeTurns(turnFirst: true);

    private static void TakeTurns(bool turnFirst)
    {
        var wants = new bool[2];
        var turn = 0;
        var inside = 0;
        void Enter(int me)
        {
            if (turnFirst)
            {
                turn = 1 - me;
                wants[me] = true;
            }
            else
            {
                wants[me] = true;
                turn = 1 - me;
            }

            while (wants[1 - me] && turn == 1 - me)
            {
            }

            inside++;
            Check.That(inside == 1, "one is inside");
            inside--;
            wants[me] = false;
        }

        Parallel.Invoke(() => Enter(0), () => Enter(1));
    }

    private static void Handshake()
    {
        var (first, second, seenByFirst, seenBySecond) = (0, 0, 0, 0);
        Parallel.Invoke(
            () =>
            {
                first = 1;
                seenByFirst = second;
            },
            () =>
            {
                second = 1;
                seenBySecond = first;
            });
        Check.That(seenByFirst == 1 || seenBySecond == 1);
    }

    private static void TicketLock()
    {
        var (next, serving, count) = (0, 0, 0);
        void Add()
        {
            var mine = Interlocked.Increment(ref next) - 1;
            while (Volatile.Read(ref serving) != mine)
            {
                Thread.SpinWait(1);
            }

            count++;
            Interlocked.Increment(ref serving);
        }

        Parallel.Invoke(Add, Add);
        Check.That(count == 2);
    }

    private sealed class Node(int value)
    {
        public int Value => value;

        public Node? Next;
    }

    private sealed class LockFreeStack
    {
        private Node? _top;

        public void Push(Node node)
        {
            do
            {
                node.Next = _top;
            }
            while (Interlocked.CompareExchange(ref _top, node, node.Next) != node.Next);
        }

        public Node? Pop()
        {
            while (true)
            {
                var top = _top;
                if (top is null)
                {
                    return null;
                }

                var next = top.Next;
                if (Interlocked.CompareExchange(ref _top, next, top) == top)
                {
                    return top;
                }
            }
        }
    }

    private static void TreiberStack()
    {
        var stack = new LockFreeStack();
        stack.Push(new Node(1));
        Node? a = null, b = null;
        Parallel.Invoke(() => a = stack.Pop(), () => b = stack.Pop());
        Check.That((a is null) != (b is null), "one of them has it");
    }

    private static void ReusedNodes()
    {
        var stack = new LockFreeStack();
        var (first, second) = (new Node(1), new Node(2));
        stack.Push(second);
        stack.Push(first);
        var thief = new Thread(() => stack.Pop());
        thief.Start();
        var top = stack.Pop();
        var below = stack.Pop();
        if (top is not null && below is not null)
        {
            stack.Push(top);
        }

        thief.Join();
        var left = 0;
        for (var node = stack.Pop(); node is not null; node = stack.Pop())
        {
            left++;
            Check.That(node != below || top is null || below is null, "what was taken does not come back");
        }

        Check.That(left <= 1);
    }

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
