using ConcurrencyLab.Common;

namespace ConcurrencyLab.Tests;

/// <summary>The number of schedules, against combinatorics done here without the scheduler.</summary>
public class CoverageTests
{
    private static readonly ExploreOptions All = new() { Reduce = false, StopAtFailure = false, TimeLimit = TimeSpan.FromMinutes(2) };
    private static readonly ExploreOptions Reduced = new() { Reduce = true, StopAtFailure = false, TimeLimit = TimeSpan.FromMinutes(2) };

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 6)]
    [InlineData(3, 20)]
    [InlineData(4, 70)]
    public void Two_tasks_have_as_many_interleavings_as_there_are_ways_to_shuffle_them(int steps, int interleavings)
    {
        var exploration = Programs.Steps(steps, (_, _) => "x").Explore(All);
        Assert.Equal((interleavings, 0, true, Outcome.Holds), (exploration.Schedules, exploration.Pruned, exploration.Complete, exploration.Outcome));
        Assert.Equal($"all {interleavings} interleavings there are", exploration.Coverage);
    }

    [Fact]
    public void Two_tasks_of_eight_steps_each_have_12870_interleavings()
    {
        var exploration = Programs.Steps(8, (task, step) => step % 2 == 0 ? "x" : $"own{task}").Explore(All);
        Assert.Equal((12_870, true), (exploration.Schedules, exploration.Complete));
        // Only the order of the four shared steps of each matters: 8 over 4.
        var reduced = Programs.Steps(8, (task, step) => step % 2 == 0 ? "x" : $"own{task}").Explore(Reduced);
        Assert.Equal((70, true), (reduced.Schedules, reduced.Complete));
    }

    [Fact]
    public void Steps_that_commute_are_run_in_one_order_only()
    {
        Assert.Equal(1, Programs.Steps(4, (task, _) => $"own{task}").Explore(Reduced).Schedules);
        Assert.Equal(1, Programs.Steps(4, (_, _) => "x", write: false).Explore(Reduced).Schedules);
        Assert.Equal(70, Programs.Steps(4, (_, _) => "x").Explore(Reduced).Schedules);
        Assert.Equal(6, Programs.Steps(4, (task, step) => step < 2 ? "x" : $"own{task}").Explore(Reduced).Schedules);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 8)]
    [InlineData(2, 26)]
    [InlineData(7, 70)]
    public void A_bound_on_preemptions_leaves_exactly_the_schedules_within_it(int bound, int schedules)
    {
        var exploration = Programs.Steps(4, (_, _) => "x").Explore(bound);
        Assert.Equal((schedules, true), (exploration.Schedules, exploration.Complete));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_reduction_runs_every_class_of_equivalent_schedules_once_and_reaches_the_same_ends(int seed)
    {
        var dice = new SplitMix64((ulong)seed);
        var tasks = Enumerable.Range(0, seed % 2 == 0 ? 3 : 2)
            .Select(_ => Enumerable.Range(0, seed % 2 == 0 ? 3 : 5).Select(_ => (Variable: dice.Next(3), Writes: dice.Next(2) == 0)).ToArray()).ToArray();
        var (orders, classes) = Shuffles(tasks);
        HashSet<string> ends = [];
        var program = ConcurrentProgram.OfThreads("random", program =>
        {
            var shared = Enumerable.Range(0, 3).Select(i => program.Shared($"v{i}", 0)).ToArray();
            var seen = new int[tasks.Length];
            for (var task = 0; task < tasks.Length; task++)
            {
                var me = task;
                program.Task($"T{me}", () =>
                {
                    foreach (var (variable, writes) in tasks[me])
                    {
                        if (writes)
                        {
                            shared[variable].Value = 7 * seen[me] + me + 1;
                        }
                        else
                        {
                            seen[me] = unchecked(31 * seen[me] + shared[variable].Value);
                        }
                    }
                });
            }

            program.Postcondition("noted", () => ends.Add(string.Join(' ', seen.Concat(shared.Select(one => one.Value)))) || true);
        });
        var all = program.Explore(All);
        var endsOfAll = ends;
        ends = [];
        var reduced = program.Explore(Reduced);
        Assert.Equal((orders, classes), (all.Schedules, reduced.Schedules));
        Assert.True(classes < orders);
        Assert.Equal(endsOfAll.Order(StringComparer.Ordinal), ends.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void With_and_without_reduction_the_verdicts_are_the_same()
    {
        foreach (var (program, breaks) in new[]
        {
            (Programs.LostUpdate, true), (Programs.AtomicUpdate, false), (Programs.TwoLocks(false), true), (Programs.TwoLocks(true), false),
            (Programs.Signal(false), true), (Programs.Signal(true), false),
            (Programs.Permits(false), true), (Programs.Permits(true), false), (Programs.Pipe(true), false), (Programs.BoundedBuffer(false), true),
        })
        {
            var (all, reduced) = (program.Explore(All), program.Explore(Reduced));
            Assert.Equal((breaks, breaks), (all.Failures > 0, reduced.Failures > 0));
            Assert.Equal(all.Outcome, reduced.Outcome);
            Assert.True(all.Complete && reduced.Complete);
            Assert.True(reduced.Schedules <= all.Schedules, $"{program.Name}: {reduced.Schedules} of {all.Schedules}");
        }
    }

    /// <summary>All orders of the steps, and how many of them differ in more than the order of steps that commute.</summary>
    private static (int Orders, int Classes) Shuffles((int Variable, bool Writes)[][] tasks)
    {
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var orders = 0;
        var at = new int[tasks.Length];
        var order = new List<(int Task, int Step)>();
        void Go()
        {
            if (order.Count == tasks.Sum(task => task.Length))
            {
                orders++;
                // A class is the order of all pairs that do not commute.
                classes.Add(string.Join(';', order.SelectMany((one, i) => order.Skip(i + 1).Where(two =>
                {
                    var (a, b) = (tasks[one.Task][one.Step], tasks[two.Task][two.Step]);
                    return one.Task != two.Task && a.Variable == b.Variable && (a.Writes || b.Writes);
                }).Select(two => $"{one}<{two}")).Order(StringComparer.Ordinal)));
            }

            for (var task = 0; task < tasks.Length; task++)
            {
                if (at[task] < tasks[task].Length)
                {
                    order.Add((task, at[task]++));
                    Go();
                    order.RemoveAt(order.Count - 1);
                    at[task]--;
                }
            }
        }

        Go();
        return (orders, classes.Count);
    }
}
