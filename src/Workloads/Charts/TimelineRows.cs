using System.Globalization;

namespace ConcurrencyLab;

/// <summary>The rows of one run's timeline.</summary>
internal sealed class TimelineRows
{
    public const string Running = "running";
    public const string Holding = "waiting, holding a thread";
    public const string Waiting = "waiting, no thread held";

    /// <summary>Waits in more rows than these are drawn as a line of how many there are.</summary>
    private const int MostWaitRows = 40;

    private const double WaitRow = 0.34;

    private readonly Ink _ink;
    private readonly string _unit;
    private readonly double _per;
    private readonly IReadOnlyList<(Lane Lane, List<Stretch> Running, List<Stretch> Holding)> _lanes;
    private readonly IReadOnlyList<List<Stretch>> _waitRows = [];
    private readonly IReadOnlyList<(double At, int Open)> _waitSteps = [];
    private readonly int _mostWaiting;

    /// <summary>
    /// Rows for the first lanes; spans that are closer than the resolution (ms) are joined, times are drawn in a unit of
    /// which so many are a millisecond.
    /// </summary>
    public TimelineRows(Timeline timeline, Ink ink, int lanes, double resolution, double per, string unit)
    {
        Timeline = timeline;
        (_ink, _per, _unit) = (ink, per, unit);
        List<Stretch> Of(int lane, SpanKind kind) => [.. SpanMerge.Join(timeline.Spans.Where(span => span.Lane == lane && span.Kind == kind), resolution)];
        var rows = timeline.Lanes.Index().Where(lane => lane.Item.Kind != LaneKind.Waits).ToList();
        _lanes = [.. rows.Take(lanes).Select(lane => (lane.Item, Of(lane.Index, SpanKind.Running), Of(lane.Index, SpanKind.WaitingOnThread)))];
        HiddenLanes = rows.Count - _lanes.Count;

        var waits = timeline.Spans.Where(span => span.Kind == SpanKind.Waiting).ToList();
        var packed = SpanMerge.Pack(waits);
        _mostWaiting = packed.Count;
        if (packed.Count <= MostWaitRows)
        {
            _waitRows = [.. packed.Select(row => SpanMerge.Join(row, resolution).ToList())];
        }
        else
        {
            _waitSteps = SpanMerge.Thin(SpanMerge.Open(waits), 600);
        }

        var bars = _lanes.SelectMany(lane => lane.Running.Concat(lane.Holding)).Concat(_waitRows.SelectMany(row => row)).ToList();
        Bars = bars.Count;
        Merged = bars.Any(bar => bar.Count > 1);
    }

    public Timeline Timeline { get; }

    public int HiddenLanes { get; }

    /// <summary>Bars that are drawn.</summary>
    public int Bars { get; }

    /// <summary>Whether spans were joined.</summary>
    public bool Merged { get; }

    /// <summary>Height of all rows together, one lane's being 1.</summary>
    public double Height => Place(0, [], []);

    /// <summary>How long it took and what it held meanwhile.</summary>
    public string Figures
    {
        get
        {
            var lanes = Timeline.Lanes.Count(lane => lane.Kind == LaneKind.Thread);
            var processes = Timeline.Lanes.Count(lane => lane.Kind == LaneKind.Process);
            string?[] parts =
            [
                Quantity.Time(Timeline.Duration.TotalMilliseconds),
                Timeline.Items.Count > 0 ? Quantity.Count(Timeline.Items.Count, "item") : null,
                processes == 0 ? Quantity.Count(lanes, "thread") : null,
                processes > 0 ? Quantity.Count(processes, "process").Replace("processs", "processes", StringComparison.Ordinal) : null,
            ];
            return string.Join(" · ", parts.OfType<string>());
        }
    }

    /// <summary>Adds the rows from this height downward and returns where they end.</summary>
    public double Place(double top, List<Layer> layers, List<Tick> ticks)
    {
        var (running, holding, waiting) = (new List<Block>(), new List<Block>(), new List<Block>());
        foreach (var (lane, run, hold) in _lanes)
        {
            var middle = top + 0.5;
            ticks.Add(new Tick(middle, Quantity.Shortened(lane.Name, 18)));
            running.AddRange(run.Select(stretch => Block(stretch, middle + 0.4 - Thickness(stretch) / 2, Thickness(stretch))));
            holding.AddRange(hold.Select(stretch => Block(stretch, middle - 0.4 + Thickness(stretch) / 2, Thickness(stretch))));
            top += 1;
        }

        if (_waitRows.Count > 0)
        {
            top += 0.15;
            // The band's name needs the height of one row, also when there is only one wait in it.
            var height = Math.Max(WaitRow, 1.0 / _waitRows.Count);
            ticks.Add(new Tick(top + height * _waitRows.Count / 2, "no thread"));
            foreach (var row in _waitRows)
            {
                waiting.AddRange(row.Select(stretch => Block(stretch, top + height / 2, height * 0.78)));
                top += height;
            }
        }

        // Here a texture tells what an item does; that a run is Python's is said in words.
        Add(layers, Running, Texture.Solid, running);
        Add(layers, Holding, Texture.Hatched, holding);
        Add(layers, Waiting, Texture.Pale, waiting);
        return _waitSteps.Count > 0 ? PlaceSteps(top + 0.15, layers, ticks) : top;
    }

    /// <summary>The run in words and figures.</summary>
    public string Describe()
    {
        double Sum(SpanKind kind) => Timeline.Spans.Where(span => span.Kind == kind).Sum(span => span.Duration.TotalMilliseconds);
        if (Timeline.Spans.Count == 0)
        {
            return $"{Timeline.Run}: {Figures}; no spans were recorded.";
        }

        var hidden = HiddenLanes > 0 ? $" {Quantity.Count(HiddenLanes, "more lane")} not shown." : "";
        return $"{Timeline.Run}: {Figures}; together {Quantity.Time(Sum(SpanKind.Running))} running, "
            + $"{Quantity.Time(Sum(SpanKind.WaitingOnThread))} waiting while holding a thread, {Quantity.Time(Sum(SpanKind.Waiting))} waiting without one; "
            + $"at most {Quantity.Count(Timeline.PeakInFlight, "item")} in flight on {Quantity.Count(Timeline.PeakThreads, "thread")}.{hidden}";
    }

    /// <summary>
    /// Joined spans are as high as the share of time that they fill, running ones standing and waiting ones hanging: both
    /// are seen where they alternate faster than the eye can follow.
    /// </summary>
    private static double Thickness(Stretch stretch) => 0.8 * Math.Max(stretch.Share, 0.05);

    private Block Block(Stretch stretch, double row, double thickness) =>
        new(Math.Round(stretch.From * _per, 4), Math.Round(stretch.To * _per, 4), Math.Round(row, 3), Math.Round(thickness, 3), stretch.Text);

    private void Add(List<Layer> layers, string name, Texture texture, List<Block> blocks)
    {
        if (blocks.Count == 0)
        {
            return;
        }

        layers.Add(new Blocks(name, _ink.Color, blocks)
        {
            Texture = texture,
            Pieces = texture != Texture.Pale,
            Parted = texture != Texture.Pale && !Merged,
            // Joined spans have only a number, which is for those who point at them.
            TextInside = texture != Texture.Pale && !Merged,
            Hover = $"%{{text}}: {name}<br>%{{base:,.4~f}} to %{{x:,.4~f}} {_unit}<br>{PlotlyPainter.Escape(Timeline.Run)}",
        });
    }

    private double PlaceSteps(double top, List<Layer> layers, List<Tick> ticks)
    {
        const double Height = 4;
        var bottom = top + Height;
        var most = Math.Max(_mostWaiting, 1);
        var outline = new List<Point> { new(Math.Round(_waitSteps[0].At * _per, 4), bottom) };
        var open = 0;
        foreach (var step in _waitSteps)
        {
            var at = Math.Round(step.At * _per, 4);
            outline.Add(new Point(at, Math.Round(bottom - Height * 0.95 * open / most, 3), Count(open)));
            outline.Add(new Point(at, Math.Round(bottom - Height * 0.95 * step.Open / most, 3), Count(step.Open)));
            open = step.Open;
        }

        outline.Add(new Point(Math.Round(_waitSteps[^1].At * _per, 4), bottom));
        layers.Add(new Points(Waiting, _ink.Lighter(0.25), outline) { Filled = true, Line = 1, Hover = "%{text}" });
        ticks.Add(new Tick(top + Height / 2, $"≤ {Quantity.Count(most)} waiting"));
        return bottom + 0.3;
    }

    private static string Count(int open) => open.ToString("#,0", CultureInfo.InvariantCulture) + " waiting";
}
