using static ConcurrencyLab.Tests.Attempt;

namespace ConcurrencyLab.Tests;

public sealed class Chapter03Attempts : Marking<Chapter03Attempts>, IAttempts
{
    public static IEnumerable<Attempt> All => [.. ShareLess, .. ReadMessage];

    private static IEnumerable<Attempt> ShareLess =>
    [
        Right(Exercises.ShareLess, "each adds once", (tills, add) => ThreadPerItem.Map(tills, receipts =>
        {
            add(Sum(receipts));
            return 0;
        })),
        Right(Exercises.ShareLess, "one adds what the threads have returned", (tills, add) => add(ThreadPerItem.Map(tills, Sum).Sum())),
        Right(Exercises.ShareLess, "threads by hand", (tills, add) =>
        {
            var sums = new long[tills.Length];
            var threads = tills.Select((receipts, till) => new Thread(() => sums[till] = Sum(receipts))).ToList();
            threads.ForEach(thread => thread.Start());
            threads.ForEach(thread => thread.Join());
            add(sums.Sum());
        }),
        Right(Exercises.ShareLess, "Parallel.ForEach", (tills, add) => Parallel.ForEach(tills, receipts => add(Sum(receipts)))),

        Wrong(Exercises.ShareLess, "each receipt", "touched 20000 times", (tills, add) => ThreadPerItem.Map(tills, receipts =>
        {
            foreach (var receipt in receipts) add(receipt);
            return 0;
        })),
        Wrong(Exercises.ShareLess, "every hundred", "touched 200 times", (tills, add) => ThreadPerItem.Map(tills, receipts =>
        {
            foreach (var some in receipts.Chunk(100)) add(Sum(some));
            return 0;
        })),
        Wrong(Exercises.ShareLess, "one thread", "one thread added up", (tills, add) => add(tills.Sum(Sum))),
        Wrong(Exercises.ShareLess, "one thread, till by till", "one thread added up", (tills, add) => Array.ForEach(tills, receipts => add(Sum(receipts)))),
        Wrong(Exercises.ShareLess, "the first receipts", "came together", (tills, add) => ThreadPerItem.Map(tills, receipts =>
        {
            add(receipts[0]);
            return 0;
        })),
        Wrong(Exercises.ShareLess, "each sets what the other has set", "came together", (tills, add) =>
        {
            var total = 0L;
            ThreadPerItem.Map(tills, receipts => total = Sum(receipts));
            add(total);
        }),
        Wrong(Exercises.ShareLess, "nobody waits for the threads", "came together", (tills, add) =>
        {
            foreach (var receipts in tills)
            {
                new Thread(() =>
                {
                    Thread.Sleep(300);
                    add(Sum(receipts));
                }).Start();
            }
        }),
    ];

    private static long Sum(int[] receipts) => receipts.Sum(receipt => (long)receipt);

    private static IEnumerable<Attempt> ReadMessage =>
    [
        Right(Exercises.ReadMessage, "ReadExactly", (pipe, length) =>
        {
            var message = new byte[length];
            pipe.ReadExactly(message);
            return message;
        }),
        Right(Exercises.ReadMessage, "a loop that throws what it likes", (pipe, length) => InPieces(pipe, length, () => throw new IOException("The writer is gone."))),
        Right(Exercises.ReadMessage, "a loop with an exception of its own", (pipe, length) => InPieces(pipe, length, () => throw new InvalidOperationException("The writer is gone."))),
        Right(Exercises.ReadMessage, "byte by byte", (pipe, length) => [.. Enumerable.Range(0, length).Select(_ => pipe.ReadByte() is var one and >= 0 ? (byte)one : throw new EndOfStreamException())]),
        Right(Exercises.ReadMessage, "asynchronously", (pipe, length) =>
        {
            var message = new byte[length];
            pipe.ReadExactlyAsync(message).AsTask().Wait();
            return message;
        }),

        Wrong(Exercises.ReadMessage, "one Read", "the first 40 are right", (pipe, length) =>
        {
            var message = new byte[length];
            _ = pipe.Read(message.AsSpan());
            return message;
        }),
        Wrong(Exercises.ReadMessage, "twice as much", "taken away with the first", (pipe, length) =>
        {
            var message = new byte[length * 2];
            pipe.ReadAtLeast(message, length);
            return message[..length];
        }),
        Wrong(Exercises.ReadMessage, "half a message as a whole", "as if it were whole", (pipe, length) =>
        {
            var message = new byte[length];
            pipe.ReadAtLeast(message, length, throwOnEndOfStream: false);
            return message;
        }),
        Wrong(Exercises.ReadMessage, "reads on for ever", "read on and on", (pipe, length) => InPieces(pipe, length, () => { })),
        Wrong(Exercises.ReadMessage, "an accident", "ArgumentOutOfRangeException: an accident", (pipe, length) =>
        {
            var message = new byte[length];
            for (var have = 0; have < length;)
            {
                var got = pipe.Read(message.AsSpan(have));
                have += got > 0 ? got : -length; // -1 as in C
            }

            return message;
        }),
        Wrong(Exercises.ReadMessage, "two Reads", "as if it were whole", (pipe, length) =>
        {
            var message = new byte[length];
            var got = pipe.Read(message);
            if (got < length) _ = pipe.Read(message, got, length - got);
            return message;
        }),
        Wrong(Exercises.ReadMessage, "null", "null", (pipe, _) =>
        {
            pipe.ReadByte();
            return null!;
        }),
        Wrong(Exercises.ReadMessage, "nothing", "returned 0", (_, _) => []),
    ];

    private static byte[] InPieces(Stream pipe, int length, Action end)
    {
        var message = new byte[length];
        for (var have = 0; have < length;)
        {
            var got = pipe.Read(message, have, length - have);
            if (got == 0) end();
            have += got;
        }

        return message;
    }
}
