namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 07: blocking work must not stop the event loop.</summary>
    public static Exercise<Func<Func<Cup>, Task<Cup>>> KeepTheLoopTurning { get; } = new(
        "07-1",
        "The loop has one thread, and whatever blocks must block another: Task.Run(machine) hands it to the pool and gives you a task. Await that; .Result would hold the loop all the same.",
        """
        async Task<Cup> Brew(Func<Cup> machine)
        {
            return await Task.Run(machine);
        }

        await Exercises.KeepTheLoopTurning.Check(Brew)
        """,
        async attempt =>
        {
            const string Held = "The machine ran on another thread, but the loop's clock stood still: something waits for the machine and holds the loop's thread.";
            var (loop, machine) = (new WatchedLoop(), new Calls());
            var onTheLoop = false;
            var cup = new Cup(1, "lungo", "Kona", 0);
            Cup Machine()
            {
                using var call = machine.Begin();
                if (loop.IsHere) onTheLoop = true;
                else loop.WaitForTurn();
                return cup;
            }

            var answer = await loop.Run(() => attempt(Machine), Held).ConfigureAwait(false);
            return machine.Begun == 0 ? "The machine was never started: call machine()."
                : onTheLoop ? "The machine ran on the loop's only thread: for as long as it took, the loop's clock stood still."
                : machine.Begun > 1 ? $"One cup was ordered, but the machine ran {machine.Begun} times."
                : !ReferenceEquals(answer, cup) ? "It returned another cup than the machine's."
                : null;
        });
}
