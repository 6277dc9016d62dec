using System.Collections.Concurrent;

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
            var timeout = TimeSpan.FromSeconds(1);
            var brewing = Enumerable.Range(1, 4).ToDictionary(order => order, _ => new TaskCompletionSource<Cup>(TaskCreationOptions.RunContinuationsAsynchronously));
            var served = new BlockingCollection<Cup>();
            var working = Task.Run(() => attempt([.. brewing.Values.Select(cup => cup.Task)], served.Add));
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
                    var cup = await Task.Run(() => served.TryTake(out var next, timeout) ? next : null).ConfigureAwait(false);
                    if (cup?.Order != order)
                    {
                        return working.IsFaulted ? $"Order 2 went wrong, and the others were left standing: {working.Exception!.InnerException!.Message} Catch what a future throws where you await it."
                            : cup is null ? $"Cup {order} was ready, but a second later it had not been served: something else is awaited first."
                            : $"Cup {order} was ready, but cup {cup.Order} was served.";
                    }
                }

                if (await Task.WhenAny(working, Task.Delay(timeout)).ConfigureAwait(false) != working)
                {
                    return "All cups were served, but a second later it had not ended.";
                }

                var wrong = await working.ConfigureAwait(false);
                return served.Count > 0 ? "A cup was served twice." : wrong != 1 ? $"One order went wrong, but it counted {wrong}." : null;
            }
            finally
            {
                foreach (var cup in brewing.Values) cup.TrySetCanceled(); // nothing is left waiting
            }
        });
}
