namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 01: do something useful until what was started is ready, and count how often.</summary>
    public static Exercise<Func<Task<Cup>, Func<Task>, Task<int>>> WipeTheCounter { get; } = new(
        "01-1",
        "A task knows whether it is ready: brewing.IsCompleted. As long as it is not, await wipe() and count.",
        """
        async Task<int> WipeUntilReady(Task<Cup> brewing, Func<Task> wipe)
        {
            var wiped = 0;
            while (!brewing.IsCompleted)
            {
                await wipe();
                wiped++;
            }
            return wiped;
        }

        await Exercises.WipeTheCounter.Check(WipeUntilReady)
        """,
        async attempt =>
        {
            const int Wanted = 5;
            var brewing = new TaskCompletionSource<Cup>(TaskCreationOptions.RunContinuationsAsynchronously);
            var wipes = 0;
            var after = 0;
            async Task Wipe()
            {
                await Task.Delay(1).ConfigureAwait(false);
                if (brewing.Task.IsCompleted)
                {
                    Interlocked.Increment(ref after);
                }
                else if (Interlocked.Increment(ref wipes) == Wanted)
                {
                    brewing.TrySetResult(null!);
                }
            }

            var working = Task.Run(() => attempt(brewing.Task, Wipe));
            await Task.WhenAny(working, brewing.Task, Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
            if (!working.IsCompleted && wipes == 0)
            {
                brewing.TrySetResult(null!);
                return "For two seconds the counter was not wiped once: it waits for the espresso first. Waiting is the time to wipe.";
            }

            var counted = await working.ConfigureAwait(false);
            return (wipes, after, counted) switch
            {
                ( < Wanted, _, _) => $"It stopped after {wipes} wipes although the espresso was not ready.",
                (_, > 1, _) => "It went on wiping although the espresso was ready.",
                _ when counted is < Wanted or > Wanted + 1 => $"The counter was wiped {wipes + after} times, but it counted {counted}.",
                _ => null,
            };
        });
}
