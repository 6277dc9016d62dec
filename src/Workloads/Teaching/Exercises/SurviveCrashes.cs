namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 06: a crash costs its own order and no other.</summary>
    public static Exercise<Func<int[], Task<(string[] Served, int[] Lost)>>> SurviveCrashes { get; } = new(
        "06-2",
        "Processes.Map does not throw when a worker ends: reading that worker's result does. cups.Succeeded has all others, and cups.Failures says for each lost one which Item it was.",
        """
        async Task<(string[] Served, int[] Lost)> Serve(int[] orders)
        {
            var cups = await Processes.Map(orders, FaultyMachine.Brew, workers: 1);
            return (cups.Succeeded.ToArray(), cups.Failures.Select(failure => failure.Item).ToArray());
        }

        await Exercises.SurviveCrashes.Check(Serve)
        """,
        async attempt =>
        {
            int[] orders = [7, FaultyMachine.FatalOrder, 8, FaultyMachine.FatalOrder, 9];
            string[] expected = ["cup 7", "cup 8", "cup 9"];
            using var here = FaultyMachine.WatchThisProcess();
            try
            {
                var (served, lost) = await attempt(orders).ConfigureAwait(false);
                return (served, lost) switch
                {
                    _ when here.Brewed > 0 => "It brewed in this very process, where order 13 only pretends to explode; a real crash would have taken the notebook with it. Processes.Map brews in others.",
                    (null, _) or (_, null) => "It returned null instead of the cups and the lost orders.",
                    _ when expected.FirstOrDefault(cup => !served.Contains(cup)) is { } missing => $"Nobody got {missing}: an explosion must cost no other order.",
                    _ when !served.SequenceEqual(expected) => $"Served should be {string.Join(", ", expected)}, in that order, and was {string.Join(", ", served)}.",
                    _ when !lost.SequenceEqual([FaultyMachine.FatalOrder, FaultyMachine.FatalOrder]) => $"Two orders were lost, both {FaultyMachine.FatalOrder}; it named {(lost.Length == 0 ? "none" : string.Join(", ", lost))}.",
                    _ => null,
                };
            }
            catch (ItemException lost)
            {
                return $"It stopped at the first lost order: {lost.Message}";
            }
        });
}
