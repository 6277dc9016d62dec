using ConcurrencyLab.Common;

namespace ConcurrencyLab.Tests;

/// <summary>
/// Programs drawn by lot, of all that tasks can do: with reduction every class of equivalent schedules is run once, where the
/// classes are counted here from all schedules, and the ends are the same.
/// </summary>
public class EquivalenceTests
{
    private static readonly ExploreOptions Whole = new() { StopAtFailure = false, TimeLimit = TimeSpan.FromMinutes(2) };

    public static TheoryData<string> Kinds => ["variables", "locks", "signals", "children", "chances", "spins", "waits", "invariants", "everything"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_reduction_runs_each_class_once_and_reaches_all_ends(string kind) => Compare(kind, programs: 2, most: 400);

    [AllTierTheory]
    [MemberData(nameof(Kinds))]
    public void So_it_does_in_larger_and_more_programs(string kind) => Compare(kind, programs: 25, most: 3_000);

    private static void Compare(string kind, int programs, int most)
    {
        var compared = 0;
        for (var seed = 0; compared < programs; seed++)
        {
            Assert.True(seed < 20 * programs, $"only {compared} programs could be explored whole");
            HashSet<string> ends = [];
            var program = Drawn(kind, seed, ends);
            var (classes, whole) = Classes(program, most);
            if (!whole)
            {
                continue;
            }

            var endsOfAll = ends.Order(StringComparer.Ordinal).ToList();
            ends.Clear();
            var reduced = program.Explore(Whole);
            Assert.True(reduced.Exhausted, $"{kind} {seed}");
            Assert.Equal(endsOfAll, ends.Order(StringComparer.Ordinal));
            Assert.True(classes == reduced.Schedules, $"{kind} {seed}: {classes} classes, {reduced.Schedules} runs");
            compared++;
        }
    }

    /// <summary>How many schedules differ in more than the order of steps that commute; from all there are.</summary>
    private static (int Classes, bool Whole) Classes(ConcurrentProgram program, int most)
    {
        HashSet<string> classes = [];
        using var player = new Player(program, Whole, CancellationToken.None);
        var spy = new Spy(new DepthFirst(null));
        do
        {
            var execution = player.Play(spy, recording: false);
            Assert.False(spy.Search.Diverged);
            Assert.False(execution.Cut);
            classes.Add(spy.Class(execution));
        }
        while (spy.Search.Advance(null!) && player.Tally.Runs < most);
        return (classes.Count, player.Tally.Runs < most);
    }

    private static ConcurrentProgram Drawn(string kind, int seed, HashSet<string> ends) => ConcurrentProgram.OfThreads($"{kind} {seed}", program =>
    {
        var dice = new SplitMix64(seed, kind.Length);
        var tasks = kind == "children" ? 2 : 2 + dice.Next(2);
        var v = Enumerable.Range(0, 2).Select(i => program.Shared($"v{i}", 0)).ToArray();
        var (gate, permits, bell, door) = (program.Lock("gate"), program.Semaphore("permits", 1), program.AutoResetEvent("bell"), program.ManualResetEvent("door", set: true));
        var result = program.TaskSource<int>("result");
        var line = program.Channel<int>("line", 1);
        var seen = new long[tasks];
        program.Postcondition("noted", () => ends.Add($"{string.Join(' ', seen)} {string.Join(' ', program.ControlledObjects.Select(one => one.State))}") || true);
        if (kind == "invariants")
        {
            program.Invariant("noted, too", () => ends.Add($"on the way {v[0].Value} {v[1].Value}") || true);
        }

        for (var task = 0; task < tasks; task++)
        {
            var (me, steps) = (task, Enumerable.Range(0, tasks == 2 ? 3 : 2).Select(_ => (What: dice.Next(100), Which: dice.Next(2))).ToArray());
            void Note(long value) => seen[me] = unchecked(31 * seen[me] + value + 1);
            void Do(int what, Shared<int> one)
            {
                switch (Of(kind, what))
                {
                    case "read":
                        Note(one.Value);
                        break;
                    case "write":
                        one.Value = (int)seen[me] % 3 + me;
                        break;
                    case "swap":
                        Note(one.CompareExchange(me + 1, 0));
                        break;
                    case "lock":
                        using (gate.EnterScope())
                        {
                            Note(one.Value);
                            one.Value = me + 5;
                        }

                        break;
                    case "try":
                        if (gate.TryEnter())
                        {
                            Note(7);
                            gate.Exit();
                        }

                        break;
                    case "wait":
                        permits.Wait();
                        Note(one.Value);
                        permits.Release(1 + me % 2);
                        break;
                    case "look":
                        Note(permits.CurrentCount);
                        break;
                    case "ring":
                        bell.Set();
                        break;
                    case "hear":
                        Note(bell.Wait(TimeSpan.FromSeconds(1)) ? 1 : 0);
                        break;
                    case "close":
                        door.Reset();
                        break;
                    case "open":
                        door.Set();
                        break;
                    case "pass":
                        Note(door.Wait(TimeSpan.Zero) ? 1 : 0);
                        break;
                    case "complete":
                        Note(result.TrySetResult(me) ? 1 : 0);
                        break;
                    case "done":
                        Note(result.Task.IsCompleted ? result.Task.Result : 9);
                        break;
                    case "send":
                        Note(line.TryWrite(me) ? 1 : 0);
                        break;
                    case "receive":
                        Note(line.TryRead(out var item) ? item : 9);
                        break;
                    case "child":
                        var child = program.Run("child", () => one.Update(old => old + me + 1));
                        Note(one.Value);
                        Note(child.Result);
                        break;
                    case "choose":
                        one.Value = program.Choose(2);
                        break;
                    case "late":
                        Note(permits.Wait(TimeSpan.FromSeconds(1)) ? 1 : 0);
                        break;
                    case "until":
                        while (one.Value == 0)
                        {
                            program.SpinOnce();
                        }

                        break;
                    case "until, silently":
                        while (one.Value == 0)
                        {
                        }

                        break;
                    case "until swapped":
                        while (one.CompareExchange(0, comparand: 1) != 1)
                        {
                        }

                        break;
                    default:
                        for (var times = 0; times < 3 && one.Value == 0; times++)
                        {
                            program.SpinOnce();
                        }

                        break;
                }
            }

            program.Task($"T{me}", () => Array.ForEach(steps, step => Do(step.What, v[step.Which])));
        }
    });

    private static string Of(string kind, int what)
    {
        string[] all = kind switch
        {
            "variables" or "invariants" => ["read", "write", "swap"],
            "waits" => ["until", "write", "until, silently", "swap", "until swapped", "write"],
            "locks" => ["lock", "try", "wait", "look", "write"],
            "signals" => ["ring", "hear", "close", "open", "pass", "complete", "done", "send", "receive"],
            "children" => ["child", "write", "read"],
            "chances" => ["choose", "late", "read", "hear"],
            "spins" => ["spin", "write", "read"],
            _ => ["read", "write", "swap", "lock", "try", "wait", "look", "ring", "hear", "pass", "close", "complete", "done", "send", "receive", "child", "choose", "late", "spin"],
        };
        return all[what % all.Length];
    }

    /// <summary>Notes what every step touches.</summary>
    private sealed class Spy(ISearch search) : IPolicy
    {
        private readonly List<(int Task, int Option, Footprint Footprint)> _steps = [];

        public ISearch Search => search;

        public void Begin(bool again)
        {
            _steps.Clear();
            search.Begin(again);
        }

        public Choice? Choose(Execution execution, ulong enabled)
        {
            var choice = search.Choose(execution, enabled);
            if (choice is { } made)
            {
                _steps.Add((made.Task, made.Option, execution.FootprintOf(made.Task)));
            }

            return choice;
        }

        /// <summary>The order of all pairs of steps that do not commute, and what was left to chance.</summary>
        public string Class(Execution execution)
        {
            var counts = new int[execution.Count];
            var names = _steps.ConvertAll(step => $"{step.Task}.{counts[step.Task]++}:{step.Option}");
            var pairs = names.ToList();
            for (var i = 0; i < _steps.Count; i++)
            {
                for (var j = i + 1; j < _steps.Count; j++)
                {
                    if (_steps[i].Task != _steps[j].Task && _steps[i].Footprint.DependsOn(_steps[j].Footprint))
                    {
                        pairs.Add($"{names[i]}<{names[j]}");
                    }
                }
            }

            pairs.Sort(StringComparer.Ordinal);
            return string.Join(' ', pairs);
        }
    }
}
