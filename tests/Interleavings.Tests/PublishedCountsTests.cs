using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>
/// Numbers of classes that others have published, of programs written anew: Abdulla, Aronsson, Jonsson, Sagonas: <i>Optimal
/// dynamic partial order reduction</i>, POPL 2014, and the reference files of Nidhugg's tests.
/// </summary>
public class PublishedCountsTests
{
    private static readonly ExploreOptions Reduced = new() { StopAtFailure = false, TimeLimit = TimeSpan.FromMinutes(5), MaxSchedules = 1_000_000, MaxSteps = 2_000 };

    [Theory]
    [InlineData("independent writers", 12, 1)]
    [InlineData("independent writers", 40, 1)]
    [InlineData("readers", 2, 4)]
    [InlineData("readers", 8, 256)]
    [InlineData("lastzero", 5, 64)]
    [InlineData("indexer", 11, 1)]
    [InlineData("indexer", 12, 8)]
    [InlineData("indexer", 13, 64)]
    [InlineData("writers and a reader", 3, 24)]
    [InlineData("writers and a reader", 4, 120)]
    [InlineData("one lock for all", 4, 24)]
    public void Small_ones_are_met_exactly(string program, int size, int classes) => Meets(program, size, classes);

    [AllTierTheory]
    [InlineData("readers", 13, 8_192)]
    [InlineData("lastzero", 10, 3_328)]
    [InlineData("indexer", 14, 512)]
    [InlineData("indexer", 15, 4_096)]
    public void Large_ones_are_met_exactly(string program, int size, int classes) => Meets(program, size, classes);

    private static void Meets(string name, int size, int classes)
    {
        var exploration = Named(name, size).Explore(Reduced);
        Assert.Equal((classes, true, Outcome.Holds), (exploration.Schedules, exploration.Exhausted, exploration.Outcome));
    }

    private static ConcurrentProgram Named(string name, int size) => ConcurrentProgram.OfThreads(name, program =>
    {
        Shared<int>[] Several(string called, int count) => [.. Enumerable.Range(0, count).Select(i => program.Shared(string.Create(CultureInfo.InvariantCulture, $"{called}{i}"), 0))];
        void Each(int count, Action<int> body)
        {
            for (var task = 0; task < count; task++)
            {
                var me = task;
                program.Task(string.Create(CultureInfo.InvariantCulture, $"T{me}"), () => body(me));
            }
        }

        switch (name)
        {
            case "independent writers":
                var own = Several("own", size);
                Each(size, me => own[me].Value = 1);
                break;

            // One writer of x, and so many who read x.
            case "readers":
                var x = program.Shared("x", 0);
                program.Task("writer", () => x.Value = 1);
                Each(size, _ => _ = x.Value);
                break;

            // One looks for the last zero of an array, from the end; the others each write their place from the one before.
            case "lastzero":
                var array = Several("a", size + 1);
                program.Task("searcher", () =>
                {
                    for (var i = size; array[i].Value != 0; i--)
                    {
                    }
                });
                Each(size, me => array[me + 1].Value = array[me].Value + 1);
                break;

            // Each puts four numbers into a table of 128 places; from 12 on their places collide.
            case "indexer":
                var table = Several("t", 128);
                Each(size, me =>
                {
                    for (var message = 1; message <= 4; message++)
                    {
                        var number = message * 11 + me;
                        for (var place = number * 7 % 128; table[place].CompareExchange(number, 0) != 0; place = (place + 1) % 128)
                        {
                        }
                    }
                });
                break;

            // Writes of one place in every order, and a read between any two of them: (n + 1)!.
            case "writers and a reader":
                var one = program.Shared("one", 0);
                Each(size, me => one.Value = me);
                program.Task("reader", () => _ = one.Value);
                break;

            // As many orders as there are to enter.
            default:
                var gate = program.Lock("gate");
                Each(size, _ =>
                {
                    using (gate.EnterScope())
                    {
                    }
                });
                break;
        }
    });
}
