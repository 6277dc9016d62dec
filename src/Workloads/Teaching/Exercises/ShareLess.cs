namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 03: several threads, one total, and as little shared as possible.</summary>
    public static Exercise<Action<int[][], Action<long>>> ShareLess { get; } = new(
        "03-1",
        "Inside the lambda that a thread runs, make a variable of its own: long own = 0. Add each receipt to that, and call add(own) once, after the loop.",
        """
        void Total(int[][] tills, Action<long> add) =>
            ThreadPerItem.Map(tills, receipts =>
            {
                long own = 0;
                foreach (var receipt in receipts) own += receipt;
                add(own);
                return own;
            });

        await Exercises.ShareLess.Check(Total)
        """,
        attempt =>
        {
            var tills = Enumerable.Range(0, 4).Select(till => Enumerable.Range(1, 5_000).Select(receipt => receipt % 97 + till).ToArray()).ToArray();
            var expected = tills.Sum(receipts => receipts.Sum(receipt => (long)receipt));
            long total = 0;
            var (calls, working) = (new Calls(), new ThreadsOfFlow());
            var together = new Meeting(2);
            working.Run(() => attempt(tills, amount =>
            {
                using var call = calls.Begin();
                // One thread may take over all tills before a second one has started.
                if (working.Count < 2) together.Attend();
                Interlocked.Add(ref total, amount);
            }));
            return total != expected ? FormattableString.Invariant($"The receipts make {expected}, but {total} came together.")
                : calls.Begun > 2 * tills.Length ? FormattableString.Invariant($"The total is right, but it was touched {calls.Begun} times by {tills.Length} threads: each can add up its own till first and touch it once.")
                : working.Count < 2 ? JudgeWait.UnlessBusy("The total is right, but one thread added up all tills.")
                : null;
        });
}
