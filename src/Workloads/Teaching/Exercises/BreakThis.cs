using ConcurrencyLab.Interleavings;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 12, puzzle 1: four cups, two counted.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheCount { get; } = Puzzle(
        "12-1",
        "count",
        "One reads 0 and is interrupted: whatever the other counts meanwhile is forgotten when the first writes 1.",
        """
        var count = ConcurrentProgram.OfThreads("count", program =>
        {
            var board = program.Shared("board", 0);
            void Twice() { for (var i = 0; i < 2; i++) { var seen = board.Value; board.Value = seen + 1; } }
            program.Task("A", Twice);
            program.Task("B", Twice);
            program.Postcondition("more than 2 cups", () => board.Value > 2);
        });

        ScheduleRun BreakTheCount() => count.Run("A B*4 A*3");

        await Exercises.BreakTheCount.Check(BreakTheCount)
        """);

    /// <summary>Chapter 12, puzzle 2: minus one bag.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheStock { get; } = Puzzle(
        "12-2",
        "stock",
        "Both must look while there is still one bag; the second must read the stock again after the first has written it.",
        """
        var stock = ConcurrentProgram.OfThreads("stock", program =>
        {
            var bags = program.Shared("bags", 1);
            void Buy() { if (bags.Value > 0) bags.Value = bags.Value - 1; }
            program.Task("A", Buy);
            program.Task("B", Buy);
            program.Postcondition("no bag is sold twice", () => bags.Value >= 0);
        });

        ScheduleRun BreakTheStock() => stock.Run("A B B B A A");

        await Exercises.BreakTheStock.Check(BreakTheStock)
        """);

    /// <summary>Chapter 12, puzzle 3: the polite sign.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheSign { get; } = Puzzle(
        "12-3",
        "sign",
        "B must read the sign before A turns it, and each must then take its first lock.",
        """
        var sign = ConcurrentProgram.OfThreads("sign", program =>
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

        ScheduleRun BreakTheSign() => sign.Run("B A A B");

        await Exercises.BreakTheSign.Check(BreakTheSign)
        """);

    /// <summary>Chapter 12, puzzle 4: the bell that was not heard.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheBell { get; } = Puzzle(
        "12-4",
        "bell",
        "The guest looks, and before the guest enters the room the barista does everything.",
        """
        var bell = ConcurrentProgram.OfThreads("bell", program =>
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

        ScheduleRun BreakTheBell() => bell.Run("guest barista*4 guest guest");

        await Exercises.BreakTheBell.Check(BreakTheBell)
        """);

    /// <summary>Chapter 12, puzzle 5: one thread, one card.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheCard { get; } = Puzzle(
        "12-5",
        "card",
        "Both must have checked before either pays.",
        """
        var card = ConcurrentProgram.OnEventLoop("card", program =>
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

        ScheduleRun BreakTheCard() => card.Run("A B A B");

        await Exercises.BreakTheCard.Check(BreakTheCard)
        """);

    /// <summary>Chapter 12, puzzle 6: three at the door.</summary>
    public static Exercise<Func<ScheduleRun>> BreakTheDoor { get; } = Puzzle(
        "12-6",
        "door",
        "All three must find the door open before any of them closes it.",
        """
        var door = ConcurrentProgram.OfThreads("door", program =>
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

        ScheduleRun BreakTheDoor() => door.Run("A B C A B C A B C");

        await Exercises.BreakTheDoor.Check(BreakTheDoor)
        """);

    /// <summary>A program to be broken by an order of steps that the learner writes.</summary>
    private static Exercise<Func<ScheduleRun>> Puzzle(string id, string program, string hint, string solution) => new(
        id,
        hint,
        solution,
        attempt =>
        {
            var run = attempt();
            return run switch
            {
                null => "It returned null instead of a run.",
                _ when run.Program != program => $"That was the program \"{run.Program}\"; this puzzle is about \"{program}\".",
                { Outcome: Outcome.Holds } => $"All tasks ended, and nothing broke: {run.Schedule} is harmless.",
                { Outcome: Outcome.Unfinished } => $"After {Quantity.Count(run.Steps, "step")} nothing is broken yet, and tasks are left: {string.Join("; ", run.Tasks.Zip(run.Intentions, (task, next) => $"{task}: {next}"))}.",
                { Outcome: Outcome.Infeasible } => $"This order is not possible: {run.Reason}.",
                _ => null,
            };
        });
}
