namespace ConcurrencyLab.Tests;

/// <summary>Mutual exclusion, with locks and without.</summary>
internal static partial class Classics
{
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
}
