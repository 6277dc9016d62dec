namespace ConcurrencyLab;

/// <summary>The rows of one run's timeline: a lane for each thread or process, and below them a band of waits that hold no thread.</summary>
internal sealed class TimelineRows
{
    public const string Running = "running";
    public const string Holding = "waiting, holding a thread";
    public const string Waiting = "waiting, no thread held";

    /// <summary>Waits in more rows than these are drawn as a line of how many there are.</summary>
    private const int MostWaitRows = 40;

    // In rows of one lane.
    private const double WaitRow = 0.34, StepsHeight = 4;

    private readonly Ink _ink;
    private readonly (string Name, double PerMillisecond) _unit;
    private readonly List<(Lane Lane, List<MergedSpan> Running, List<MergedSpan> Holding)> _lanes;
    private readonly List<List<MergedSpan>> _waitRows = [];
    private readonly List<(TimeSpan At, int Open)> _waitSteps = [];
    private readonly int _mostWaiting;

    /// <summary>
    /// Rows for the first lanes; spans that are closer than the resolution (ms) are merged. Times are drawn in the unit, given
    /// with how many of it are a millisecond.
    /// </summary>
    public TimelineRows(Timeline timeline, Ink ink, int lanes, double resolution, (string Name, double PerMillisecond) unit)
    {
        (Timeline, _ink, _unit) = (timeline, ink, unit);
        List<MergedSpan> Of(int lane, SpanKind kind) => [.. SpanMerge.Merge(timeline.Spans.Where(span => span.Lane == lane && span.Kind == kind), resolution)];
        var rows = timeline.Lanes.Index().Where(lane => lane.Item.Kind != LaneKind.Waits).ToList();
        _lanes = [.. rows.Take(lanes).Select(lane => (lane.Item, Of(lane.Index, SpanKind.Running), Of(lane.Index, SpanKind.WaitingOnThread)))];
        HiddenLanes = rows.Count - _lanes.Count;

        var waits = timeline.Spans.Where(span => span.Kind == SpanKind.Waiting).ToList();
        var packed = SpanMerge.Pack(waits);
        _mostWaiting = packed.Count;
        if (packed.Count <= MostWaitRows)
        {
            _waitRows = [.. packed.Select(row => SpanMerge.Merge(row, resolution).ToList())];
        }
        else
        {
            _waitSteps = [.. Timeline.Open(waits.Select(span => (span.Start, span.End)))];
        }

        var bars = _lanes.SelectMany(lane => lane.Running.Concat(lane.Holding)).Concat(_waitRows.SelectMany(row => row)).ToList();
        (Bars, Merged) = (bars.Count, bars.Any(bar => bar.Count > 1));
    }

    public Timeline Timeline { get; }

    public int HiddenLanes { get; }

    /// <summary>Bars that are drawn.</summary>
    public int Bars { get; }

    /// <summary>Whether spans were merged.</summary>
    public bool Merged { get; }

    /// <summary>Height of all rows together, one lane's being 1.</summary>
    public double Height => Place(0, [], []);

    /// <summary>How long it took and what it held meanwhile.</summary>
    public string Figures
    {
        get
        {
            var processes = Timeline.Lanes.Count(lane => lane.Kind == LaneKind.Process);
            string?[] parts =
            [
                Quantity.Time(Timeline.Duration.TotalMilliseconds),
                Timeline.Items.Count > 0 ? Quantity.Count(Timeline.Items.Count, "item") : null,
                processes == 0 ? Quantity.Count(Timeline.Lanes.Count(lane => lane.Kind == LaneKind.Thread), "thread") : processes == 1 ? "1 process" : $"{Quantity.Count(processes)} processes",
            ];
            return string.Join(" · ", parts.OfType<string>());
        }
    }

    /// <summary>Adds the rows from this height downward and returns where they end.</summary>
    public double Place(double top, List<Layer> layers, List<Tick> ticks)
    {
        var (running, holding, waiting) = (new List<Bar>(), new List<Bar>(), new List<Bar>());
        foreach (var (lane, run, hold) in _lanes)
        {
            var middle = top + 0.5;
            ticks.Add(new Tick(middle, Quantity.Shortened(lane.Name, 18)));
            running.AddRange(run.Select(span => Bar(span, middle + 0.4 - Thickness(span) / 2, Thickness(span))));
            holding.AddRange(hold.Select(span => Bar(span, middle - 0.4 + Thickness(span) / 2, Thickness(span))));
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
                waiting.AddRange(row.Select(span => Bar(span, top + height / 2, height * 0.78)));
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
        if (Timeline.Spans.Count == 0)
        {
            return $"{Timeline.Run}: {Figures}; no spans were recorded.";
        }

        string Sum(SpanKind kind) => Quantity.Time(Timeline.Spans.Where(span => span.Kind == kind).Sum(span => span.Duration.TotalMilliseconds));
        var hidden = HiddenLanes > 0 ? $" {Quantity.Count(HiddenLanes, "more lane")} not shown." : "";
        return $"{Timeline.Run}: {Figures}; together {Sum(SpanKind.Running)} running, "
            + $"{Sum(SpanKind.WaitingOnThread)} waiting while holding a thread, {Sum(SpanKind.Waiting)} waiting without one; "
            + $"at most {Quantity.Count(Timeline.PeakInFlight, "item")} in flight on {Quantity.Count(Timeline.PeakThreads, "thread")}.{hidden}";
    }

    /// <summary>
    /// Merged spans are as high as the share of time that they fill, running ones standing and waiting ones hanging: both
    /// are seen where they alternate faster than the eye can follow.
    /// </summary>
    private static double Thickness(MergedSpan span) => 0.8 * Math.Max(span.Share, 0.05);

    private Bar Bar(MergedSpan span, double row, double thickness) =>
        new(Drawn(span.From), Drawn(span.To), Math.Round(row, 3), Math.Round(thickness, 3), span.Text);

    private double Drawn(double milliseconds) => Math.Round(milliseconds * _unit.PerMillisecond, 4);

    private void Add(List<Layer> layers, string name, Texture texture, List<Bar> bars)
    {
        if (bars.Count == 0)
        {
            return;
        }

        layers.Add(new Bars(name, _ink.Color, bars)
        {
            Texture = texture,
            AreSpans = texture != Texture.Pale,
            Gaps = texture != Texture.Pale && !Merged,
            // Merged spans have only a number, which is for those who point at them.
            TextInside = texture != Texture.Pale && !Merged,
            Hover = $"%{{text}}: {name}<br>%{{base:,.4~f}} to %{{x:,.4~f}} {_unit.Name}<br>{Layer.Escape(Timeline.Run)}",
        });
    }

    private double PlaceSteps(double top, List<Layer> layers, List<Tick> ticks)
    {
        var bottom = top + StepsHeight;
        var steps = _waitSteps.Select(step =>
            new Point(Drawn(step.At.TotalMilliseconds), Math.Round(bottom - StepsHeight * 0.95 * step.Open / _mostWaiting, 3), $"{Quantity.Count(step.Open)} waiting")).ToList();
        layers.Add(new Points(Waiting, _ink.Lighter(0.25), [new Point(steps[0].X, bottom), .. Points.Thin(steps, 600)]) { Filled = true, Step = true, Line = 1 });
        ticks.Add(new Tick(top + StepsHeight / 2, $"≤ {Quantity.Count(_mostWaiting)} waiting"));
        return bottom + 0.3;
    }
}
