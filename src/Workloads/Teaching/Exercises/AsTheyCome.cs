using System.Threading.Channels;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 08: futures in the order in which they complete, failed ones included.</summary>
    public static Exercise<Func<IReadOnlyList<Task<Cup>>, Action<Cup>, Task<int>>> AsTheyCome { get; } = new(
        "08-1",
        "await foreach (var ready in Task.WhenEach(cups)) gives each task when it has completed. Awaiting it then gives the cup at once, or throws what went wrong: catch that and count it.",
        """
        async Task<int> Serve(IReadOnlyList<Task<Cup>> cups, Action<Cup> serve)
        {
            var wrong = 0;
            await foreach (var ready in Task.WhenEach(cups))
            {
                try { serve(await ready); }
                catch (Exception) { wrong++; }
            }
            return wrong;
        }

        await Exercises.AsTheyCome.Check(Serve)
        """,
        async attempt =>
        {
            var brewing = Enumerable.Range(1, 4).ToDictionary(order => order, _ => new TaskCompletionSource<Cup>(TaskCreationOptions.RunContinuationsAsynchronously));
            var served = Channel.CreateUnbounded<Cup>();
            var working = Task.Run(() => attempt([.. brewing.Values.Select(cup => cup.Task)], cup => served.Writer.TryWrite(cup)));
            try
            {
                foreach (var order in (int[])[3, 2, 4, 1])
                {
                    if (order == 2)
                    {
                        brewing[order].SetException(new InvalidOperationException("The milk is off."));
                        continue;
                    }

                    brewing[order].SetResult(new Cup(order, "mocha", "Huila", 0));
                    await JudgeWait.SeesAsync(served.Reader.WaitToReadAsync().AsTask()).ConfigureAwait(false);
                    served.Reader.TryRead(out var cup);
                    if (cup?.Order != order)
                    {
                        return working.IsFaulted ? $"Order 2 went wrong, and the others were left standing: {working.Exception!.InnerException!.Message} Catch what a future throws where you await it."
                            : cup is null ? JudgeWait.UnlessBusy($"Cup {order} was ready, but a second later it had not been served: something else is awaited first.")
                            : $"Cup {order} was ready, but cup {cup.Order} was served.";
                    }
                }

                if (!await JudgeWait.SeesAsync(working).ConfigureAwait(false))
                {
                    return JudgeWait.UnlessBusy("All cups were served, but a second later it had not ended.");
                }

                var wrong = await working.ConfigureAwait(false);
                return served.Reader.Count > 0 ? "A cup was served twice." : wrong != 1 ? $"One order went wrong, but it counted {wrong}." : null;
            }
            finally
            {
                foreach (var cup in brewing.Values)
                {
                    cup.TrySetCanceled(); // nothing is left waiting,
                    _ = cup.Task.Exception; // nor unheard
                }
            }
        });
}
