using System.Globalization;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>How fast the tester of chapter 12 goes through schedules, how many it needs, and what it keeps in memory.</summary>
internal static class Schedules
{
    private const int Rounds = 5;
    private static readonly ExploreOptions Whole = new() { StopAtFailure = false, MaxSchedules = 1_000_000, TimeLimit = TimeSpan.FromMinutes(15) };

    internal static Task<Part> MeasureAsync() => Task.Run(() => new Part("schedules", "how fast are schedules explored, and how many does reduction need?",
        [
            .. Measured("all 12,870 shuffles of 8 and 8 steps", () => Shuffles().Explore(Whole with { Reduce = false }), 12_870),
            .. Measured("reduced: readers(13)", () => Readers(13).Explore(Whole), 8_192),
            .. Measured("reduced: lastzero(10)", () => LastZero(10).Explore(Whole), 3_328),
            .. Measured("reduced: indexer(14)", () => Indexer(14).Explore(Whole), 512),
            .. Measured("drawn by lot: indexer(14), 2,000", () => Indexer(14).ExploreAtRandom(seed: 1, schedules: 2_000), 2_000),
            .. Measured("by priorities: indexer(14), 2,000", () => Indexer(14).ExploreByPriority(seed: 1, schedules: 2_000), 2_000),
        ],
        [
            "Schedules a second include those that the reduction begins and abandons. Memory: what is allocated in all for a schedule that is run to its end, and what is still held when the last is done, beyond what was held before.",
            "Published numbers of classes (Abdulla and others, POPL 2014; Nidhugg): readers(13) 8,192, lastzero(10) 3,328, indexer(14) 512. A part fails where ours differ.",
        ], []));

    private static IEnumerable<Finding> Measured(string what, Func<Exploration> explore, int schedules)
    {
        List<double> rate = [], allocated = [], held = [];
        var abandoned = 0;
        for (var round = -1; round < Rounds; round++)
        {
            var (before, heldBefore) = (GC.GetTotalAllocatedBytes(precise: true), GC.GetTotalMemory(forceFullCollection: true));
            var exploration = explore();
            if (exploration.Schedules != schedules)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"{what}: {exploration.Schedules} schedules instead of {schedules}"));
            }

            if (round >= 0)
            {
                rate.Add(exploration.SchedulesPerSecond);
                allocated.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / (double)schedules);
                held.Add((GC.GetTotalMemory(forceFullCollection: true) - heldBefore) / 1e6);
                abandoned = exploration.Pruned;
            }

            GC.KeepAlive(exploration);
        }

        yield return Finding.Alone($"{what}: schedules", Units.PerSecond, rate);
        yield return Finding.Alone($"{what}: allocated a schedule", Units.Bytes, allocated);
        yield return Finding.Alone($"{what}: held at the end", Units.Megabytes, held);
        yield return Finding.Alone($"{what}: begun and abandoned, for each run to its end", Units.Times, [abandoned / (double)schedules]);
    }

    private static ConcurrentProgram Shuffles() => ConcurrentProgram.OfThreads("shuffles", program =>
    {
        var board = program.Shared("board", 0);
        foreach (var name in new[] { "A", "B" })
        {
            program.Task(name, () =>
            {
                for (var i = 0; i < 8; i++)
                {
                    board.Value = i;
                }
            });
        }
    });

    private static ConcurrentProgram Readers(int n) => ConcurrentProgram.OfThreads("readers", program =>
    {
        var x = program.Shared("x", 0);
        program.Task("writer", () => x.Value = 1);
        Each(program, n, _ => _ = x.Value);
    });

    private static ConcurrentProgram LastZero(int n) => ConcurrentProgram.OfThreads("lastzero", program =>
    {
        var array = Several(program, n + 1);
        program.Task("searcher", () =>
        {
            for (var i = n; array[i].Value != 0; i--)
            {
            }
        });
        Each(program, n, me => array[me + 1].Value = array[me].Value + 1);
    });

    private static ConcurrentProgram Indexer(int n) => ConcurrentProgram.OfThreads("indexer", program =>
    {
        var table = Several(program, 128);
        Each(program, n, me =>
        {
            for (var message = 1; message <= 4; message++)
            {
                var number = message * 11 + me;
                for (var place = number * 7 % 128; table[place].CompareExchange(number, 0) != 0; place = (place + 1) % 128)
                {
                }
            }
        });
    });

    private static Shared<int>[] Several(ProgramBuilder program, int count) =>
        [.. Enumerable.Range(0, count).Select(i => program.Shared(string.Create(CultureInfo.InvariantCulture, $"a{i}"), 0))];

    private static void Each(ProgramBuilder program, int count, Action<int> body)
    {
        for (var task = 0; task < count; task++)
        {
            var me = task;
            program.Task(string.Create(CultureInfo.InvariantCulture, $"T{me}"), () => body(me));
        }
    }
}
