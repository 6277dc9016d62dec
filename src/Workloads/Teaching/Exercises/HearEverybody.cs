using System.Diagnostics;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 04: a wait that holds its thread, made one that does not.</summary>
    public static Exercise<Func<IReadOnlyList<UserInput>, Task<string?[]>>> HearEverybody { get; } = new(
        "04-2",
        "person.ReadLineAsync() gives a task at once. Select makes one for each person, Task.WhenAll awaits them all. An async method without an await is not asynchronous.",
        """
        async Task<string[]> HearEverybody(IReadOnlyList<UserInput> people)
        {
            return await Task.WhenAll(people.Select(person => person.ReadLineAsync()));
        }

        await Exercises.HearEverybody.Check(HearEverybody)
        """,
        async attempt =>
        {
            string[] orders = ["a latte", "an espresso", "two teas", "the bill"];
            var (listening, held) = (new Calls(), false);
            IDisposable Listened(bool holdsItsThread)
            {
                held |= holdsItsThread;
                return listening.Begin();
            }

            var people = orders.Select((order, seed) => new UserInput([order], ms: 400, seed) { Listened = Listened }).ToArray();
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
                    _ when done == true =>
                        $"You heard everybody, but only after {Quantity.Time(returned.TotalMilliseconds)} did your method return, with nothing left to await: its thread stood and waited all the while.",
                    _ when held => "You heard everybody, and your method returned at once, but ReadLine holds whatever thread it is called on, one of the pool as well: await ReadLineAsync.",
                    _ when listening.MostAtOnce < orders.Length => JudgeWait.UnlessBusy("You heard everybody, but not at the same time: each person is awaited before the next is listened to."),
                    _ => null,
                };
            }
            finally
            {
                Array.ForEach(people, person => person.Dispose());
            }
        });
}
