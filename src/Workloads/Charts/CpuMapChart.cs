namespace ConcurrencyLab;

/// <summary>Draws runs by processor time and wall time.</summary>
internal static class CpuMapChart
{
    /// <summary>Less processor time than the system's clock can tell, ms.</summary>
    private const double Least = 0.1;

    /// <summary>No more colours than these are easily told apart.</summary>
    private const int Few = 6;

    public static Drawing Draw(Comparison comparison)
    {
        var inks = WayColors.For(comparison.Runs);
        var runs = comparison.Runs.Where(run => run.Succeeded && run.Wall.Median > 0).ToList();
        var placed = runs.Select(run => (Run: run, Wall: run.Wall.Median, Busy: Math.Max(run.CpuTime.Median, Least))).ToList();
        var (low, high) = (placed.Select(run => Math.Min(run.Wall, run.Busy)).DefaultIfEmpty(1).Min(), placed.Select(run => Math.Max(run.Wall, run.Busy)).DefaultIfEmpty(10).Max());
        var x = Axis.Times("wall time", placed.Select(run => run.Wall).DefaultIfEmpty(1).Min(), placed.Select(run => run.Wall).DefaultIfEmpty(10).Max(), ("ms", 1), 2.5);
        var y = Axis.Times("processor time", low, high * Math.Min(2, comparison.Machine.Cores), ("ms", 1), 1.5);
        var cores = comparison.Machine.Cores;
        var layers = new List<Layer> { Line("computes: one core all the time", 1, Dash.Dash, x, y) };
        if (cores > 1)
        {
            layers.Add(Line($"all {cores} cores all the time", cores, Dash.Dot, x, y));
        }

        // Of many works only colour and shape together can be told apart; ways that the lab knows keep their colours.
        var many = placed.Count > Few;
        var height = many ? 420 : 340;
        var labels = CpuMapLabels.Place([.. placed.Select(run => (run.Run.Name, run.Wall, run.Busy))], [1, cores], x, y, height);
        var named = labels.Count == placed.Count && placed.All(run => CpuMapLabels.Shown(run.Run.Name) == run.Run.Name);
        var others = placed.Where(run => WayColors.Of(run.Run.Kind) is null).Select(run => run.Run.Name).ToList();
        foreach (var (i, (run, wall, busy)) in placed.Index())
        {
            layers.Add(new Points(run.Name, inks[many && others.IndexOf(run.Name) is >= 0 and var other ? others[other % Few] : run.Name].Color,
                [new Point(wall, busy, $"{run.Name}: {Quantity.Time(run.CpuTime.Median)} processor in {Quantity.Time(wall)} wall, {Quantity.Digits(run.CpuUtilization)} cores busy{run.Note}")])
            {
                Symbol = (many ? i / Few : i % 2) switch { 0 => Symbol.Circle, 1 => Symbol.Diamond, _ => Symbol.Ring },
                Size = 13,
                // Where each point is named beside it, a legend only asks for a second look.
                InLegend = !named,
            });
        }

        layers.Add(new Annotations(labels));
        var missing = comparison.Runs.Where(run => !run.Succeeded).Select(run => $"{run.Name} ({TimingsChart.Reason(run.Failure!)})").ToList();
        return new Drawing
        {
            Title = $"Waits or computes? {comparison.Title}",
            Subtitle = $"{comparison.Where} · on the dashed line a run computes, far below it it waits{(missing.Count > 0 ? $" · did not finish: {string.Join(", ", missing)}" : "")}",
            X = x,
            Y = y,
            Layers = layers,
            PlotHeight = height,
            Description = $"Map of processor time over wall time: {comparison.Title}. {comparison.Where}.\n"
                + string.Join("\n", comparison.Runs.Select(Describe)),
        };
    }

    private static string Describe(RunResult run) => run.Succeeded
        ? $"{run.Name}: {Quantity.Time(run.CpuTime.Median)} processor time in {Quantity.Time(run.Wall.Median)} wall time, {Quantity.Digits(run.CpuUtilization)} cores busy, {Word(run.CpuUtilization)}{run.Note}"
        : $"{run.Name}: did not finish: {TimingsChart.Reason(run.Failure!)}";

    private static string Word(double busy) => busy switch { < 0.2 => "mostly waits", < 0.8 => "waits and computes", _ => "computes" };

    /// <summary>The points whose processor time is that many times their wall time, as far as both axes reach.</summary>
    private static Points Line(string name, double times, Dash dash, Axis x, Axis y)
    {
        var (from, to) = (Math.Max(x.Low, y.Low / times), Math.Min(x.High, y.High / times));
        return new Points(name, PageColors.Middle, from < to ? [new Point(from, from * times), new Point(to, to * times)] : [])
        {
            Line = 2,
            Dash = dash,
            InLegend = true,
            Hover = "",
        };
    }
}
