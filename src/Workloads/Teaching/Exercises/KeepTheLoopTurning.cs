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
        attempt =>
        {
            const int Wanted = 3;
            var loop = 0;
            var machineThread = 0;
            var cup = new Cup(1, "lungo", "Kona", 0);
            using var ticked = new CountdownEvent(Wanted);
            Cup Machine()
            {
                machineThread = Environment.CurrentManagedThreadId;
                // A frozen loop never ticks: the machine is ready after two seconds all the same.
                ticked.Wait(machineThread == loop ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(2));
                return cup;
            }

            var answer = EventLoop.Run(async () =>
            {
                loop = Environment.CurrentManagedThreadId;
                using var closing = new CancellationTokenSource();
                var ticking = Tick();
                var brewed = await attempt(Machine);
                closing.Cancel();
                await ticking;
                return brewed;

                async Task Tick()
                {
                    await Task.Yield();
                    while (!closing.IsCancellationRequested)
                    {
                        await Task.Delay(2);
                        if (!ticked.IsSet && machineThread != 0)
                        {
                            ticked.Signal();
                        }
                    }
                }
            });
            return machineThread == 0 ? "The machine was never started: call machine()."
                : machineThread == loop ? "The machine ran on the loop's only thread: for as long as it took, the loop's clock stood still."
                : !ReferenceEquals(answer, cup) ? "It returned another cup than the machine's."
                : !ticked.IsSet ? "The machine ran on another thread, but the loop's clock stood still: something waits for the machine and holds the loop's thread."
                : null;
        });
}
