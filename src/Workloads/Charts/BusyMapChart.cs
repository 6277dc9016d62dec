namespace ConcurrencyLab;

/// <summary>Draws runs by processor time and wall time.</summary>
internal static class BusyMapChart
{
    /// <summary>Less processor time than the system's clock can tell, ms.</summary>
    private const double Least = 0.1;

    public static Drawing Draw(Comparison comparison)
    {
        var inks = Palette.For(comparison.Runs.Select(run => run.Name));
        var runs = comparison.Runs.Where(run => run.Succeeded && run.Wall.Median > 0).ToList();
        var placed = runs.Select(run => (Run: run, Wall: run.Wall.Median, Busy: Math.Max(run.Processor.Median, Least))).ToList();
        var (low, high) = (placed.Select(run => Math.Min(run.Wall, run.Busy)).DefaultIfEmpty(1).Min(), placed.Select(run => Math.Max(run.Wall, run.Busy)).DefaultIfEmpty(10).Max());
        var x = Scales.Logarithmic("wall time, ms (logarithmic)", placed.Select(run => run.Wall).DefaultIfEmpty(1).Min(), placed.Select(run => run.Wall).DefaultIfEmpty(10).Max(), 2.5);
        var y = Scales.Logarithmic("processor time, ms (logarithmic)", low, high * Math.Min(2, comparison.Machine.Cores), 1.5);
        var cores = comparison.Machine.Cores;
        var layers = new List<Layer> { Line("computes: one core all the time", 1, Dash.Dashed, x, y) };
        if (cores > 1)
        {
            layers.Add(Line($"all {cores} cores all the time", cores, Dash.Dotted, x, y));
        }

        foreach (var (i, (run, wall, busy)) in placed.Index())
        {
            layers.Add(new Points(run.Name, inks[run.Name].Color,
                [new Point(wall, busy, $"{run.Name}: {Quantity.Time(run.Processor.Median)} processor in {Quantity.Time(wall)} wall, {Quantity.Digits(run.BusyCores)} cores busy")])
            {
                Symbol = i % 2 == 0 ? Symbol.Circle : Symbol.Diamond, Size = 13, InLegend = true,
            });
        }

        const int Height = 340;
        layers.Add(new Notes(BusyMapLabels.Place([.. placed.Select(run => (run.Run.Name, run.Wall, run.Busy))], x, y, Height)));
        return new Drawing
        {
            Title = $"Waits or computes? {comparison.Title}",
            Subtitle = $"{comparison.Machine.Subtitle} · on the dashed line a run computes, far below it it waits",
            X = x,
            Y = y,
            Layers = layers,
            PlotHeight = Height,
            Description = $"Map of processor time over wall time: {comparison.Title}. {comparison.Machine.Subtitle}.\n"
                + string.Join("\n", comparison.Runs.Select(Describe)),
        };
    }

    private static string Describe(RunResult run) => run.Succeeded
        ? $"{run.Name}: {Quantity.Time(run.Processor.Median)} processor time in {Quantity.Time(run.Wall.Median)} wall time, {Quantity.Digits(run.BusyCores)} cores busy, {Word(run.BusyCores)}"
        : $"{run.Name}: did not finish";

    private static string Word(double busy) => busy switch { < 0.2 => "mostly waits", < 0.8 => "waits and computes", _ => "computes" };

    /// <summary>Where processor time is so many times the wall time, as far as both axes reach.</summary>
    private static Points Line(string name, double times, Dash dash, Scale x, Scale y)
    {
        var (from, to) = (Math.Max(x.Low, y.Low / times), Math.Min(x.High, y.High / times));
        return new Points(name, Inks.Middle, from < to ? [new Point(from, from * times), new Point(to, to * times)] : [])
        {
            Line = 2, Dash = dash, InLegend = true, Hover = "",
        };
    }
}

/// <summary>Names beside points on logarithmic axes, only where they cover neither a point nor another name.</summary>
internal static class BusyMapLabels
{
    /// <summary>The plotting area of the narrowest page, in CSS pixels: what is apart there is apart everywhere.</summary>
    private const double Narrowest = 310;

    private const double LetterWidth = 6.8;
    private const double LineHeight = 15;
    private const double Symbol = 9;

    public static IReadOnlyList<Note> Place(IReadOnlyList<(string Name, double X, double Y)> points, Scale x, Scale y, double height)
    {
        double Across(double value) => Narrowest * Math.Log(value / x.Low) / Math.Log(x.High / x.Low);
        double Down(double value) => height * (1 - Math.Log(value / y.Low) / Math.Log(y.High / y.Low));
        var taken = points.Select(point => Box(Across(point.X) - Symbol, Down(point.Y) - Symbol, 2 * Symbol, 2 * Symbol)).ToList();
        var notes = new List<Note>();
        foreach (var (name, px, py) in points)
        {
            var text = Quantity.Short(name, 22);
            var width = text.Length * LetterWidth;
            var (left, top) = (Across(px), Down(py));
            var candidates = new[]
            {
                (Box: Box(left + 10, top - LineHeight / 2, width, LineHeight), Note: new Note(px, py, "", text) { Vertical = Align.Middle, Shift = (10, 0) }),
                (Box: Box(left - 10 - width, top - LineHeight / 2, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.End, Vertical = Align.Middle, Shift = (-10, 0) }),
                (Box: Box(left - width / 2, top - 10 - LineHeight, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.Middle, Vertical = Align.End, Shift = (0, -8) }),
                (Box: Box(left - width / 2, top + 10, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.Middle, Shift = (0, 8) }),
            };
            foreach (var (box, note) in candidates)
            {
                var inside = box.Left >= 2 && box.Right <= Narrowest - 2 && box.Top >= 2 && box.Bottom <= height - 2;
                if (inside && !taken.Any(other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom))
                {
                    taken.Add(box);
                    notes.Add(note);
                    break;
                }
            }
        }

        return notes;
    }

    private static (double Left, double Top, double Right, double Bottom) Box(double left, double top, double width, double height) =>
        (left, top, left + width, top + height);
}
