using System.Collections.Concurrent;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 05: threads wait for each other at a barrier.</summary>
    public static Exercise<Action<int, Action<int>, Action<int>>> GrindThenBrew { get; } = new(
        "05-2",
        "new Barrier(baristas) is a place where that many threads meet: SignalAndWait() returns when all of them are there. Each barista grinds, meets the others, brews.",
        """
        void GrindThenBrew(int baristas, Action<int> grind, Action<int> brew)
        {
            using var allHaveGround = new Barrier(baristas);
            var threads = Enumerable.Range(0, baristas).Select(barista => new Thread(() =>
            {
                grind(barista);
                allHaveGround.SignalAndWait();
                brew(barista);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        await Exercises.GrindThenBrew.Check(GrindThenBrew)
        """,
        attempt =>
        {
            const int Baristas = 4;
            var (grinding, brewing) = (new Calls(), new Calls());
            var (atOnce, tooEarly) = (new Meeting(Baristas), new TaskCompletionSource());
            string? wrong = null;
            var threads = new ConcurrentDictionary<int, Thread>();
            void Grind(int barista)
            {
                using var call = grinding.Begin();
                threads[barista] = Thread.CurrentThread;
                atOnce.Attend();
                // Some are slower than others; the slowest gives those who only sleep time to wake up.
                if (barista < Baristas - 1) Thread.Sleep(20 * (barista + 1));
                else if (atOnce.TookPlace) tooEarly.Task.Wait(TimeSpan.FromSeconds(1));
            }

            void Brew(int barista)
            {
                using var call = brewing.Begin();
                var ground = grinding.Ended;
                var amiss = ground < Baristas ? $"Barista {barista} brewed when only {ground} of {Baristas} had ground their beans."
                    : threads.GetValueOrDefault(barista) != Thread.CurrentThread ? $"Barista {barista} ground on one thread and brewed on another: give each barista one thread that meets the others in between."
                    : null;
                Interlocked.CompareExchange(ref wrong, amiss, null);
                tooEarly.TrySetResult();
            }

            attempt(Baristas, Grind, Brew);
            return wrong
                ?? (grinding.Begun != Baristas ? $"{Baristas} baristas should grind once each, but {grinding.Begun} ground."
                : brewing.Begun != Baristas ? $"{Baristas} baristas should brew once each, but {brewing.Begun} had brewed when it returned: Join waits until a thread has ended."
                : !atOnce.TookPlace ? JudgeWait.UnlessBusy("Everything was in its order, but they did not all grind at the same time: start all threads before you wait for one.")
                : null);
        });
}
