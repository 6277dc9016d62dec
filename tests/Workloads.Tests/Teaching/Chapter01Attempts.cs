using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter01Attempts : Marking<Chapter01Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All =>
    [
        Right(Exercises.WipeTheCounter, "while", async (brewing, wipe) =>
        {
            var wiped = 0;
            while (!brewing.IsCompleted)
            {
                await wipe();
                wiped++;
            }

            return wiped;
        }),
        Right(Exercises.WipeTheCounter, "for", async (brewing, wipe) =>
        {
            int wiped;
            for (wiped = 0; !brewing.IsCompleted; wiped++) await wipe().ConfigureAwait(false);
            return wiped;
        }),
        Right(Exercises.WipeTheCounter, "a loop left in the middle, and the cup taken at last", async (brewing, wipe) =>
        {
            for (var wiped = 0; ; wiped++)
            {
                if (brewing.IsCompleted)
                {
                    await brewing;
                    return wiped;
                }

                await wipe();
            }
        }),

        Wrong(Exercises.WipeTheCounter, "do-while", "look first", async (brewing, wipe) =>
        {
            var wiped = 0;
            do
            {
                await wipe();
                wiped++;
            }
            while (!brewing.IsCompleted);
            return wiped;
        }),
        Wrong(Exercises.WipeTheCounter, "counting from 1", "wiped 5 times, but it counted 6", async (brewing, wipe) =>
        {
            var wiped = 1;
            for (; !brewing.IsCompleted; wiped++) await wipe();
            return wiped;
        }),
        Wrong(Exercises.WipeTheCounter, "waits first", "waits for the espresso first", async (brewing, _) =>
        {
            await brewing;
            return 0;
        }),
        Wrong(Exercises.WipeTheCounter, "once", "stopped after 1", async (_, wipe) =>
        {
            await wipe();
            return 1;
        }),
        Wrong(Exercises.WipeTheCounter, "counts nothing", "counted 0", async (brewing, wipe) =>
        {
            while (!brewing.IsCompleted) await wipe();
            return 0;
        }),
        Wrong(Exercises.WipeTheCounter, "forgets to await", "before the one before had ended", async (brewing, wipe) =>
        {
            var wiped = 0;
            for (; !brewing.IsCompleted; wiped++)
            {
                _ = wipe();
                await Task.Yield();
            }

            return wiped;
        }),
        Wrong(Exercises.WipeTheCounter, "Wait()", "Wait() holds it", (brewing, wipe) =>
        {
            var wiped = 0;
            for (; !brewing.IsCompleted; wiped++) wipe().Wait();
            return Task.FromResult(wiped);
        }),
        Wrong(Exercises.WipeTheCounter, "Wait() after an await", "Wait() holds it", async (brewing, wipe) =>
        {
            var wiped = 0;
            for (; !brewing.IsCompleted; wiped++)
            {
                var wiping = wipe();
                await Task.Yield();
                wiping.Wait();
            }

            return wiped;
        }),
        Wrong(Exercises.WipeTheCounter, "once too often", "went on wiping", async (brewing, wipe) =>
        {
            var wiped = 0;
            for (; !brewing.IsCompleted; wiped++) await wipe();
            await wipe();
            return wiped + 1;
        }),
    ];
}
