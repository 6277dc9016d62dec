namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Draws a run: tasks as lanes, time downwards, a box for each step, shared state after each of them, and in red where it
/// broke. In the interactive version a slider uncovers step after step.
/// </summary>
internal static class ScheduleChart
{
    private const string Red = "#D55E00";
    private const double Width = Drawing.PlotWidth, NumberWidth = 30, RowHeight = 28, WidestLane = 230;

    /// <summary>Longer runs are livelocks: their end is enough to see the circle.</summary>
    private const int MostRows = 60;

    // Okabe and Ito without the red of the break.
    private static readonly string[] Lanes = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#6E6E6E"];

    public static Figure Of(ScheduleRun run, string? sentence)
    {
        var drawing = Draw(run, sentence);
        return Figure.Of(drawing, chart => ScheduleSlider.Add(chart, Rows(run).Count, run.Steps - Rows(run).Count, HeaderNotes(run)));
    }

    /// <summary>The verdict and the steps in words.</summary>
    public static string Describe(ScheduleRun run)
    {
        var lines = new List<string> { Title(run) + "." };
        lines.AddRange(Rows(run).Select((record, i) => $"  {run.Steps - Rows(run).Count + i + 1}. {run.Tasks[record.Task]}: {Label(record)}"));
        if (!run.Holds)
        {
            lines.Add($"  {Last(run)}");
        }

        if (run.Steps > 0)
        {
            lines.Add($"Schedule: {run.Schedule}");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string Title(ScheduleRun run) => run.Holds ? $"{run.Program}: {run.Verdict}" : $"{run.Program}: {run.Verdict}: {run.Reason}";

    /// <summary>What stands in the row below the last step, for those who see no picture.</summary>
    private static string Last(ScheduleRun run) => string.Join("; ", run.Tasks.Zip(run.Intentions).Where(task => task.Second != "done")
        .Select(task => $"{task.First}: {task.Second}").DefaultIfEmpty(run.Reason));

    private static List<StepRecord> Rows(ScheduleRun run) => [.. run.Records.Skip(Math.Max(0, run.Steps - MostRows))];

    private static int HeaderNotes(ScheduleRun run) => run.Tasks.Count + run.ControlledObjects.Count + 1;

    private static string Label(StepRecord record)
    {
        var deeds = record.Deeds.Count > 1 ? record.Deeds.Where(deed => deed is not ("start" or "await")) : record.Deeds;
        return (record.Line is { } line ? line.ToString(System.Globalization.CultureInfo.InvariantCulture) + ": " : "") + string.Join("; ", deeds);
    }

    private static Drawing Draw(ScheduleRun run, string? sentence)
    {
        var rows = Rows(run);
        var values = ValueWidths(run, rows);
        var lane = Math.Min(WidestLane, (Width - NumberWidth - values.Sum()) / run.Tasks.Count);
        double Left(int task) => NumberWidth + task * lane;
        var layers = new List<Layer>();
        var open = run.Outcome is Outcome.Unfinished or Outcome.Infeasible;
        for (var task = 0; task < run.Tasks.Count; task++)
        {
            var mine = rows.Index().Where(row => row.Item.Task == task).ToList();
            var broke = mine.Where(row => !run.Holds && !open && row.Index == rows.Count - 1).ToList();
            Bar Box((int Index, StepRecord Item) row) => new(Left(task) + 2, Left(task) + lane - 4, row.Index + 1, 0.8, Fitting(Label(row.Item), lane - 14));
            layers.Add(new Bars(run.Tasks[task], Lanes[task % Lanes.Length], [.. mine.Except(broke).Select(Box)]) { TextInside = true });
            layers.Add(new Bars("it broke here", Red, [.. broke.Select(Box)]) { TextInside = true });
            if (!run.Holds && run.Intentions[task] != "done")
            {
                var next = new Bar(Left(task) + 2, Left(task) + lane - 4, rows.Count + 1, 0.8, Fitting((open ? "next: " : "") + run.Intentions[task].Split(',')[0], lane - 14));
                layers.Add(new Bars(open ? "what would come next" : "never goes on", open ? PageColors.Middle : Red, [next]) { TextInside = true, Texture = Texture.Pale });
            }
        }

        layers.Add(new Annotations([.. Header(run, values, lane)]));
        layers.Add(new Annotations([.. Values(run, rows, values, lane)]));
        var height = rows.Count + (run.Holds || run.Intentions.All(intention => intention == "done") ? 1 : 2);
        return new Drawing
        {
            Title = Title(run),
            Subtitle = string.Join(" · ", new[] { sentence, run.Steps == 0 ? null : $"schedule {run.Schedule}", run.Steps > rows.Count ? $"the last {rows.Count} of {Quantity.Count(run.Steps, "step")}" : null }.OfType<string>()),
            X = new Axis("", 0, Width) { Ticks = [], Grid = false },
            Y = new Axis("", height - 0.4, -1.5) { Ticks = [], Grid = false },
            Layers = layers,
            PlotHeight = (int)(RowHeight * (height + 1.1)),
            Description = Describe(run) + (sentence is null ? "" : Environment.NewLine + sentence),
        };
    }

    private static IEnumerable<Annotation> Header(ScheduleRun run, double[] values, double lane)
    {
        yield return new Annotation(0, 0, "", "start") { Vertical = Align.Middle };
        for (var task = 0; task < run.Tasks.Count; task++)
        {
            yield return new Annotation(NumberWidth + (task + 0.5) * lane, -1, FittingEnd(run.Tasks[task], lane - 6), "") { Horizontal = Align.Middle, Vertical = Align.Middle };
        }

        var x = NumberWidth + run.Tasks.Count * lane;
        foreach (var (name, width) in run.ControlledObjects.Zip(values))
        {
            yield return new Annotation(x + 8, -1, FittingEnd(name, width - 8), "") { Vertical = Align.Middle };
            x += width;
        }
    }

    private static IEnumerable<Annotation> Values(ScheduleRun run, List<StepRecord> rows, double[] values, double lane)
    {
        IReadOnlyList<string> before = run.Steps > rows.Count ? run.Records[^(rows.Count + 1)].Values : run.Initial;
        for (var row = 0; row <= rows.Count; row++)
        {
            var now = row == 0 ? before : rows[row - 1].Values;
            var x = NumberWidth + run.Tasks.Count * lane;
            if (row > 0)
            {
                yield return new Annotation(0, row, "", (run.Steps - rows.Count + row).ToString(System.Globalization.CultureInfo.InvariantCulture)) { Vertical = Align.Middle };
            }

            for (var i = 0; i < now.Count; i++)
            {
                var text = FittingEnd(now[i], values[i] - 8);
                var changed = now[i] != before[i];
                yield return new Annotation(x + 8, row, changed ? text : "", changed ? "" : text) { Vertical = Align.Middle };
                x += values[i];
            }

            before = now;
        }
    }

    /// <summary>As wide as the widest value or the name, all together at most half of the picture.</summary>
    private static double[] ValueWidths(ScheduleRun run, List<StepRecord> rows)
    {
        var wanted = run.ControlledObjects.Select((name, i) => 18 + rows.Select(row => row.Values[i]).Append(run.Initial[i]).Distinct()
            .Select(value => TextMetrics.Width(value, Sizes.Annotation, bold: true)).Append(TextMetrics.Width(name, Sizes.Annotation, bold: true)).Max()).ToArray();
        var scale = Math.Min(1, Width * 0.5 / Math.Max(1, wanted.Sum()));
        return [.. wanted.Select(width => width * scale)];
    }

    private static string Fitting(string text, double width)
    {
        for (var length = text.Length; length > 2 && TextMetrics.Width(text, Sizes.Inside, bold: false) > width; length--)
        {
            text = Quantity.Shortened(text, length - 1);
        }

        return text;
    }

    /// <summary>Names of tasks and of what they share differ in their ends: that is what stays of one too long for its column.</summary>
    private static string FittingEnd(string text, double width)
    {
        for (var cut = 1; cut < text.Length - 1 && TextMetrics.Width(text, Sizes.Annotation, bold: true) > width; cut++)
        {
            text = "…" + text.TrimStart('…')[1..].TrimStart();
        }

        return text;
    }
}
