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
        async attempt => await JudgeWiping(attempt, wipesUntilReady: 5).ConfigureAwait(false) ?? await JudgeWiping(attempt, wipesUntilReady: 0).ConfigureAwait(false));

    private static async Task<string?> JudgeWiping(Func<Task<Cup>, Func<Task>, Task<int>> attempt, int wipesUntilReady)
    {
        var loop = new WatchedLoop();
        var brewing = new TaskCompletionSource<Cup>(TaskCreationOptions.RunContinuationsAsynchronously);
        var cup = new Cup(1, "espresso", "Sidamo", 0);
        if (wipesUntilReady == 0) brewing.SetResult(cup);
        var wipes = new Calls();
        var first = new TaskCompletionSource();
        var tooLate = false;
        async Task Wipe()
        {
            using var call = wipes.Begin();
            tooLate |= brewing.Task.IsCompleted;
            first.TrySetResult();
            await Task.Delay(10).ConfigureAwait(false);
            await loop.TurnAsync().ConfigureAwait(false);
            if (call.Number == wipesUntilReady) brewing.TrySetResult(cup);
        }

        var working = loop.Run(() => attempt(brewing.Task, Wipe), "Nothing else can go on while it wipes: await wipe() gives the thread back, .Wait() holds it.");
        await JudgeWait.SeesAsync(Task.WhenAny(working, first.Task)).ConfigureAwait(false);
        if (!working.IsCompleted && wipes.Begun == 0)
        {
            brewing.TrySetResult(cup);
            return JudgeWait.UnlessBusy("For two seconds the counter was not wiped once: it waits for the espresso first. Waiting is the time to wipe.");
        }

        var counted = await working.ConfigureAwait(false);
        return (wipes.Begun, counted) switch
        {
            _ when wipes.MostAtOnce > 1 => "It began a wipe before the one before had ended: await wipe().",
            _ when tooLate && wipesUntilReady == 0 => "The espresso was ready from the start, and still the counter was wiped: look first.",
            _ when tooLate => "It went on wiping although the espresso was ready.",
            var (begun, _) when begun < wipesUntilReady => $"It stopped after {begun} wipes although the espresso was not ready.",
            var (begun, _) when counted != begun => $"The counter was wiped {begun} times, but it counted {counted}.",
            _ => null,
        };
    }
}
