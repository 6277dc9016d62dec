using ConcurrencyLab.Interleavings;
using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

/// <summary>Orders that break the programs of chapter 12's puzzles, and orders that do not.</summary>
public sealed class Chapter12Attempts : Marking<Chapter12Attempts>, IAttempts
{
    private const string Harmless = "nothing broke", Unfinished = "nothing is broken yet, and tasks are left", Impossible = "This order is not possible";

    public static IEnumerable<Attempt> All =>
    [
        .. Orders(Exercises.BreakTheCount, Count, ["A B*4 A*3", "A B B A A B B A", "B A*4 B*3"],
            [("A A B B", Unfinished), ("A*4 B*4", Harmless), ("A B B A B B A A", Harmless), ("A*5", "step 5: A cannot go, A is done"), ("Z", "no step")]),
        .. Orders(Exercises.BreakTheStock, Stock, ["A B B B A A", "B A A A B B", "A B A A B B"],
            [("A A A B", Harmless), ("A B A B A B", Harmless), ("A B", Unfinished), ("A*4", Impossible)]),
        .. Orders(Exercises.BreakTheSign, Sign, ["B A A B", "B B A A", "B A B A"],
            [("A A B B", Impossible), ("B A A A", Unfinished), ("A B", Unfinished), ("B B A B", Unfinished)]),
        .. Orders(Exercises.BreakTheBell, Bell, ["guest barista*4 guest guest", "guest barista barista barista barista guest*2", "guest*1 barista*3 barista guest guest"],
            [("guest barista", Unfinished), ("barista*4 guest", Harmless), ("barista guest", Unfinished), ("guest*9", Impossible)]),
        .. Orders(Exercises.BreakTheCard, Card, ["A B A B", "A B B A", "B A B A"],
            [("A A B", Harmless), ("B B A", Harmless), ("A B A", Unfinished), ("A A A", Impossible)]),
        .. Orders(Exercises.BreakTheDoor, Door, ["A B C A B C A B C", "A B C A A B B C C", "A B C C C B B A A"],
            [("A A A", Unfinished), ("A*5 B*5 C*5", Harmless), ("A*6", Impossible), ("A B A A B B", Unfinished)]),
        Wrong(Exercises.BreakTheDoor, "another puzzle's program", "this puzzle is about \"door\"", () => Count.Run("A B*4 A*3")),
        Wrong(Exercises.BreakTheDoor, "no run", "null", () => null!),
    ];

    [Fact]
    public void The_scheduler_finds_an_order_that_breaks_the_count_too() =>
        Assert.Equal((Outcome.BrokenInvariant, 1), (Count.Explore().Outcome, Count.Explore().Failing!.Preemptions));

    private static IEnumerable<Attempt> Orders(Exercise<Func<ScheduleRun>> exercise, ConcurrentProgram program, string[] right, (string Order, string Says)[] wrong) =>
    [
        .. right.Select(order => Right(exercise, order, () => program.Run(order))),
        .. wrong.Select(attempt => Wrong(exercise, attempt.Order, attempt.Says, () => program.Run(attempt.Order))),
    ];

    private static ConcurrentProgram Count { get; } = ConcurrentProgram.OfThreads("count", program =>
    {
        var board = program.Shared("board", 0);
        void Twice()
        {
            for (var i = 0; i < 2; i++) board.Value++;
        }

        program.Task("A", Twice);
        program.Task("B", Twice);
        program.Postcondition("more than 2 cups", () => board.Value > 2);
    });

    private static ConcurrentProgram Stock { get; } = ConcurrentProgram.OfThreads("stock", program =>
    {
        var bags = program.Shared("bags", 1);
        void Buy()
        {
            if (bags.Value > 0) bags.Value--;
        }

        program.Task("A", Buy);
        program.Task("B", Buy);
        program.Postcondition("no bag is sold twice", () => bags.Value >= 0);
    });

    private static ConcurrentProgram Sign { get; } = ConcurrentProgram.OfThreads("sign", program =>
    {
        var (busy, cup, pot) = (program.Shared("busy", false), program.Lock("cup"), program.Lock("pot"));
        program.Task("A", () =>
        {
            busy.Value = true;
            using (cup.EnterScope()) using (pot.EnterScope()) { }
        });
        program.Task("B", () =>
        {
            if (!busy.Value) using (pot.EnterScope()) using (cup.EnterScope()) { }
        });
    });

    private static ConcurrentProgram Bell { get; } = ConcurrentProgram.OfThreads("bell", program =>
    {
        var (ready, room) = (program.Shared("ready", false), program.Lock("room"));
        program.Task("guest", () =>
        {
            if (!ready.Value) using (room.EnterScope()) room.Wait();
        });
        program.Task("barista", () =>
        {
            ready.Value = true;
            using (room.EnterScope()) room.Pulse();
        });
    });

    private static ConcurrentProgram Card { get; } = ConcurrentProgram.OnEventLoop("card", program =>
    {
        var balance = program.Shared("balance", 100);
        async Task Pay()
        {
            if (balance.Value < 60) return;
            await program.Yield();
            balance.Value -= 60;
        }

        program.Task("A", Pay);
        program.Task("B", Pay);
        program.Postcondition("no debt", () => balance.Value >= 0);
    });

    private static ConcurrentProgram Door { get; } = ConcurrentProgram.OfThreads("door", program =>
    {
        var (closed, inside) = (program.Shared("closed", false), program.Shared("inside", 0));
        void Visit()
        {
            while (closed.Value) program.SpinOnce();
            closed.Value = true;
            inside.Increment();
            inside.Decrement();
            closed.Value = false;
        }

        foreach (var name in new[] { "A", "B", "C" }) program.Task(name, Visit);
        program.Invariant("at most two are inside", () => inside.Value <= 2);
    });
}
