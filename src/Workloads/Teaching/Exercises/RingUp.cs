namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 05: threads share a till, and no cup may be lost.</summary>
    public static Exercise<Action<int, int, Func<int>, Action<int>>> RingUp { get; } = new(
        "05-1",
        "Between read() and write(...) another barista may have rung up a cup. Make one object, new Lock(), and put read and write together inside lock (...) { }: then one barista at a time is at the till.",
        """
        void RingUp(int baristas, int cupsEach, Func<int> read, Action<int> write)
        {
            var till = new Lock();
            var threads = Enumerable.Range(0, baristas).Select(_ => new Thread(() =>
            {
                for (var cup = 0; cup < cupsEach; cup++) lock (till) write(read() + 1);
            })).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
        }

        await Exercises.RingUp.Check(RingUp)
        """,
        attempt =>
        {
            const int Baristas = 4, CupsEach = 10, Cups = Baristas * CupsEach;
            var total = 0;
            var reads = new Calls();
            // From reading to writing a barista is alone at the till.
            Thread? atTheTill = null;
            var together = false;
            int Read()
            {
                using var call = reads.Begin();
                if (Interlocked.Exchange(ref atTheTill, Thread.CurrentThread) is { } before && before != Thread.CurrentThread) together = true;
                var seen = Volatile.Read(ref total);
                Thread.Sleep(1); // the other baristas may come in here
                return seen;
            }

            void Write(int value)
            {
                Volatile.Write(ref total, value);
                Interlocked.CompareExchange(ref atTheTill, null, Thread.CurrentThread);
            }

            attempt(Baristas, CupsEach, Read, Write);
            return reads.Begun < Cups ? $"{Cups} cups were sold, but only {reads.Begun} had been rung up when it returned: each barista sells {CupsEach}, and Join waits until a thread has ended."
                : total < Cups ? $"{Cups} cups were sold, but the till says {total}: the others were lost where two baristas had read the same figure."
                : total > Cups ? $"{Cups} cups were sold, but the till says {total}."
                : together ? "The till is right by luck: a barista read it before another one had written. Put read and write together inside one lock."
                : reads.Threads < Baristas ? $"The till is right, but {reads.Threads} of {Baristas} baristas did all the work: give each a thread."
                : null;
        });
}
