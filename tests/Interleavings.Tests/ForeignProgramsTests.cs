using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>Small programs of other testers' suites, with the verdicts and numbers that their authors document.</summary>
public class ForeignProgramsTests
{
    private static readonly ExploreOptions Whole = new() { StopAtFailure = false, TimeLimit = TimeSpan.FromMinutes(5) };

    public static TheoryData<string> Names => new(Foreign.Foreign.All.Select(foreign => foreign.ToString()));

    [Fact]
    public void There_are_enough_of_them() => Assert.InRange(Names.Count, 70, int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_the_verdict_and_the_numbers_of_its_authors(string name)
    {
        var foreign = Foreign.Foreign.All.Single(one => one.ToString() == name);
        var program = ConcurrentProgram.OfThreads(foreign.Name, foreign.Build);
        using var explorer = new Explorer(program, Whole, CancellationToken.None);
        var exploration = explorer.SimplestFirst();
        Assert.True(foreign.Outcome == exploration.Outcome, exploration.ToString());
        Assert.True(exploration.Exhausted || !exploration.Holds, exploration.Sentence);
        if (foreign.Classes is { } classes)
        {
            Assert.Equal(classes, program.Explore(Whole).Schedules);
        }

        if (foreign.ReadsFrom is { } traces)
        {
            Assert.Equal(traces, ReadsFrom(program));
        }
    }

    /// <summary>In how many ways reads read from writes, in all classes of schedules.</summary>
    private static int ReadsFrom(ConcurrentProgram program)
    {
        HashSet<string> traces = [];
        using var player = new Player(program, Whole, CancellationToken.None);
        var search = new Reads(new SourceSets());
        do
        {
            if (!player.Play(search, recording: false).Abandoned)
            {
                traces.Add(search.Trace);
            }
        }
        while (search.Search.Advance(search.Run!));
        return traces.Count;
    }

    private sealed class Reads(SourceSets search) : IPolicy
    {
        private readonly Dictionary<int, string> _written = [];
        private readonly List<string> _reads = [];
        private readonly int[] _steps = new int[Execution.MostTasks];

        public SourceSets Search => search;

        public Execution? Run { get; private set; }

        public string Trace => string.Join(' ', _reads.Order(StringComparer.Ordinal));

        public void Begin(bool again)
        {
            _written.Clear();
            _reads.Clear();
            Array.Clear(_steps);
            search.Begin(again);
        }

        public Choice? Choose(Execution execution, ulong enabled)
        {
            Run = execution;
            var choice = search.Choose(execution, enabled);
            if (choice is { } made)
            {
                var (footprint, step) = (execution.FootprintOf(made.Task), string.Create(CultureInfo.InvariantCulture, $"{made.Task}.{_steps[made.Task]++}"));
                if (!execution.Pending[made.Task]!.Intent().StartsWith("write ", StringComparison.Ordinal))
                {
                    _reads.Add($"{step}<{_written.GetValueOrDefault(footprint.Object)}");
                }

                if (footprint.Writes)
                {
                    _written[footprint.Object] = step;
                }
            }

            return choice;
        }
    }
}
