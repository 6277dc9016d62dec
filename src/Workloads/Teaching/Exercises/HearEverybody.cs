using System.Diagnostics;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 04: a wait that holds its thread, made one that does not.</summary>
    public static Exercise<Func<IReadOnlyList<UserInput>, Task<string?[]>>> HearEverybody { get; } = new(
        "04-2",
        "person.ReadLineAsync() gives a task at once. Select makes one for each person, Task.WhenAll awaits them all. An async method without an await is not asynchronous.",
        """
        async Task<string?[]> HearEverybody(IReadOnlyList<UserInput> people)
        {
            return await Task.WhenAll(people.Select(person => person.ReadLineAsync()));
        }

        await Exercises.HearEverybody.Check(HearEverybody)
        """,
        async attempt =>
        {
            const int Slow = 400;
            string[] orders = ["a latte", "an espresso", "two teas", "the bill"];
            var people = orders.Select((order, seed) => new UserInput([order], Slow, seed)).ToArray();
            try
            {
                var clock = Stopwatch.StartNew();
                var hearing = attempt(people);
                var (returned, done) = (clock.Elapsed, hearing?.IsCompleted);
                if (hearing is null)
                {
                    return "It returned null instead of a task.";
                }

                var heard = await hearing.ConfigureAwait(false);
                return heard switch
                {
                    null => "The task gave null instead of what was said.",
                    _ when !heard.SequenceEqual(orders) => $"Said was: {string.Join(", ", orders)}. You heard: {string.Join(", ", heard.Select(line => line ?? "nothing"))}.",
                    // The quickest of them takes half of the mean: coming back later means having waited for another.
                    _ when done == true || returned.TotalMilliseconds > Slow * 0.5 =>
                        $"You heard everybody, but only after {Quantity.Time(returned.TotalMilliseconds)} did your method return, with nothing left to await: its thread stood and waited all the while.",
                    _ when clock.ElapsedMilliseconds > Slow * 2.4 => $"It took {Quantity.Time(clock.ElapsedMilliseconds)}: each person is awaited before the next is listened to.",
                    _ => null,
                };
            }
            finally
            {
                Array.ForEach(people, person => person.Dispose());
            }
        });
}
