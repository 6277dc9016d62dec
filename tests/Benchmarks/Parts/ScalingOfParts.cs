using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>How the cost of the lab's own parts grows with the work: items of a run, spans of a chart, cells of a notebook.</summary>
internal static class ScalingOfParts
{
    private const int Rounds = 5;

    internal static async Task<Part> MeasureAsync(string folder)
    {
        int[] items = [10, 100, 1_000, 10_000, 100_000, 1_000_000];
        List<Growth> growths =
        [
            Grow("run and timeline of n items on their threads", items, Timed(n => Recorded(Run.Sequential(Enumerable.Range(0, n), Nothing)))),
            Grow("run and timeline of n awaited items", items, Timed(n => Recorded(Run.WhenAll(Enumerable.Range(0, n), NothingAsync)))),
            Grow("chart of 8 lanes with n spans each, drawn twice: for plotly.js and as PNG", [1, 10, 100, 1_000], Timed(n => Draw(Made(8, n)))),
            Grow("notebook of n cells, run by the lab and saved", [1, 10, 50, 100, 500], await NotebookAsync()),
        ];
        const string Picture = "scaling.png";
        GrowthPicture.Save(Path.Combine(folder, Picture), growths);
        return new Part("scaling", "how does the cost of the lab's own parts grow?",
            [.. growths.SelectMany(FiguresOf)],
            [
                "The order of growth: the power of n from one of the three largest sizes to the next, the larger of the two (1 is linear; n log n looks like 1.05 to 1.2 here; below 1 a fixed cost still shows).",
                "A run that allocates more than the collector lets pass is collected in its midst, when all its items are alive; the power of n without the collector's pauses leaves that out.",
                "A run keeps some 200,000 spans on threads and then counts what it drops: that is why a million items on threads cost less than ten times a hundred thousand.",
            ], [Picture]);
    }

    private static IEnumerable<Finding> FiguresOf(Growth growth)
    {
        yield return Finding.Alone($"order of growth: {growth.What}", Units.Order, [growth.Power], Aim.AtMost(1.2));
        if (growth.InProcess)
        {
            yield return Finding.Alone("— without the garbage collector's pauses", Units.Order, [growth.PowerOf(cost => cost.Milliseconds - cost.Pauses)]);
        }

        foreach (var (size, costs) in growth.Sizes)
        {
            yield return Finding.Alone($"— n = {size.ToString("N0", CultureInfo.InvariantCulture)}", Units.Milliseconds, costs.Select(cost => cost.Milliseconds));
        }
    }

    // Sizes take turns, so that a slow moment of the machine hits all alike.
    private static Growth Grow(string what, int[] sizes, Func<int, Cost> measure)
    {
        var times = sizes.ToDictionary(size => size, _ => new List<Cost>());
        Array.ForEach(sizes, size => measure(size));
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var size in sizes)
            {
                times[size].Add(measure(size));
            }
        }

        return new Growth(what, [.. sizes.Select(size => (size, (IReadOnlyList<Cost>)times[size]))]);
    }

    private static Func<int, Cost> Timed(Action<int> act) => size =>
    {
        // What the size before has left behind is not this one's cost.
        GC.Collect();
        var (began, paused) = (Stopwatch.GetTimestamp(), GC.GetTotalPauseDuration());
        act(size);
        return new Cost(Stopwatch.GetElapsedTime(began).TotalMilliseconds, (GC.GetTotalPauseDuration() - paused).TotalMilliseconds);
    };

    private static void Recorded(Run run)
    {
        using var threads = new ThreadWatch();
        if (Meter.Measure(run, 1, record: true, threads, CancellationToken.None).Timeline is null)
        {
            throw new InvalidOperationException($"{run.Name}: nothing was recorded.");
        }
    }

    private static Timeline Made(int lanes, int spans)
    {
        static TimeSpan At(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
        // Every other span waits, none touches the next: nothing to merge before the chart's own resolution does.
        var all = Enumerable.Range(0, lanes * spans).Select(i => (Lane: i % lanes, Begin: i / lanes * 10.0, i)).ToList();
        return new Timeline("threads", At(spans * 10.0), [.. Enumerable.Range(1, lanes).Select(i => new Lane(LaneKind.Thread, $"thread {i}"))],
            [.. all.Select(s => new Span($"{s.i}", s.Lane, At(s.Begin), At(s.Begin + 6), s.i % 2 == 0 ? SpanKind.Running : SpanKind.WaitingOnThread))],
            [.. all.Select(s => new ItemLatency($"{s.i}", At(s.Begin), At(s.Begin + 6)))]);
    }

    private static void Draw(Timeline timeline)
    {
        IMimeBundle figure = timeline.Figure;
        if (figure.Show(MimeTypes.Plotly) is not { Length: > 0 } || figure.Show(MimeTypes.Png) is not { Length: > 0 })
        {
            throw new InvalidOperationException("The chart is empty.");
        }
    }

    private static async Task<Func<int, Cost>> NotebookAsync()
    {
        await LabCommand.BuildAsync();
        return size =>
        {
            using var folder = new TemporaryFolder();
            var notebook = folder.File($"cells-{size}.ipynb");
            File.WriteAllText(notebook, NotebookOf(size));
            var began = Stopwatch.GetTimestamp();
            LabCommand.Run("run", notebook, "-o", folder.File("book"));
            return new Cost(Stopwatch.GetElapsedTime(began).TotalMilliseconds, 0);
        };
    }

    private static string NotebookOf(int cells)
    {
        var code = Enumerable.Range(0, cells).Select(i => $$"""
              {"cell_type": "code", "id": "cell-{{i}}", "metadata": {}, "execution_count": null, "outputs": [], "source": ["{{(i == 0 ? "var x = 0;" : "x += 1;")}}\n", "x"]}
            """);
        return $$"""
            {"cells": [
              {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# {{cells}} cells"]},
            {{string.Join(",\n", code)}}
            ],
            "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}, "language_info": {"name": "C#"} },
            "nbformat": 4, "nbformat_minor": 5}
            """;
    }

    private static bool Nothing(int item) => true;

    private static Task<bool> NothingAsync(int item) => Task.FromResult(true);
}

/// <summary>What something cost for each size.</summary>
/// <param name="What">The part.</param>
/// <param name="Sizes">Sizes in rising order, with what was measured.</param>
internal sealed record Growth(string What, IReadOnlyList<(int Size, IReadOnlyList<Cost> Costs)> Sizes)
{
    /// <summary>The largest power of n with which the cost grows among the three largest sizes.</summary>
    internal double Power => PowerOf(cost => cost.Milliseconds);

    /// <summary>Whether the part ran in this process, so that its collector's pauses are known.</summary>
    internal bool InProcess => Sizes.Any(size => size.Costs.Any(cost => cost.Pauses > 0));

    /// <summary>The same of a part of the cost.</summary>
    internal double PowerOf(Func<Cost, double> part)
    {
        double Between(int smaller, int larger) =>
            Math.Log(Median(larger) / Median(smaller)) / Math.Log((double)Sizes[larger].Size / Sizes[smaller].Size);
        double Median(int index) => MedianInterval.Of([.. Sizes[index].Costs.Select(part)]).Median;

        return Math.Max(Between(Sizes.Count - 3, Sizes.Count - 2), Between(Sizes.Count - 2, Sizes.Count - 1));
    }
}

/// <summary>What one measurement took.</summary>
/// <param name="Milliseconds">On the clock.</param>
/// <param name="Pauses">Milliseconds of it in which the garbage collector held all threads.</param>
internal sealed record Cost(double Milliseconds, double Pauses);
