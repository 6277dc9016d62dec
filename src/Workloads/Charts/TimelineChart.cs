namespace ConcurrencyLab;

/// <summary>Draws timelines of runs under each other.</summary>
internal static class TimelineChart
{
    /// <summary>Rows beyond these are counted, not drawn.</summary>
    private const int MostLanes = 64;

    /// <summary>Width of a run's name and figures beside the names of its lanes, in CSS pixels.</summary>
    private const double HeadingWidth = 520;

    /// <summary>Bars beyond these make the chart slow and the notebook large.</summary>
    private const int MostBars = 2400;

    public static Drawing Draw(string title, string where, IReadOnlyList<Timeline> timelines, IReadOnlyDictionary<string, Ink> inks)
    {
        var longest = timelines.Select(timeline => Math.Max(timeline.Duration.TotalMilliseconds, End(timeline))).DefaultIfEmpty(0).Max();
        var (unit, per) = Rows.Unit(longest);
        var allowed = Share(timelines.Select(timeline => timeline.Lanes.Count(lane => lane.Kind != LaneKind.Waits)).ToArray());
        // Half a CSS pixel of a wide page; coarser only when there would still be too many bars.
        var resolution = Total(timelines) <= 400 ? 0 : longest / 1400;
        List<TimelineRows> sections;
        do
        {
            sections = [.. timelines.Select((timeline, i) => new TimelineRows(timeline, inks[timeline.Run], allowed[i], resolution, per, unit))];
            resolution = Math.Max(resolution, longest / 1400) * 1.6;
        }
        while (sections.Sum(section => section.Bars) > MostBars);

        var layers = new List<Layer>();
        var ticks = new List<Tick>();
        var notes = new List<Note>();
        // Few rows are high enough for their items' names, many as low as the eye still parts them. A run's heading always
        // needs the height of its words.
        const double Heading = 28;
        var headings = timelines.Count > 1 ? timelines.Count : 0;
        var rowHeight = Math.Clamp((420 - headings * Heading) / Math.Max(sections.Sum(section => section.Height), 1), 9, 28);
        double top = 0;
        foreach (var section in sections)
        {
            if (timelines.Count > 1)
            {
                var lines = Rows.Lines(section.Timeline.Run, section.Figures, HeadingWidth);
                top += (Heading + (lines.Count - 1) * Sizes.Line) / rowHeight;
                notes.AddRange(lines.Select((line, i) => new Note(0, top, line.Bold, line.Text)
                {
                    AtLeftEdge = true,
                    Vertical = Align.End,
                    Shift = (0, -Sizes.Line * (lines.Count - 1 - i)),
                }));
            }

            top = section.Place(top, layers, ticks);
        }

        layers.Add(new Notes(notes));
        return new Drawing
        {
            Title = timelines.Count == 1 ? $"{title}: {sections[0].Figures}" : title,
            Subtitle = string.Join(" · ", [where, .. Remarks(sections)]),
            X = new Scale($"since the run began, {unit}", 0, longest > 0 ? longest * per * 1.01 : 1),
            Y = new Scale("", Math.Max(top, 1), 0) { Ticks = Readable(ticks, rowHeight), Grid = false },
            Layers = [.. Keys(layers), .. layers],
            PlotHeight = (int)Math.Round(Math.Max(top, 1) * rowHeight) + 4,
            Description = Describe(title, sections),
        };
    }

    /// <summary>What the looks mean, in a grey that stands for every run's colour.</summary>
    private static IEnumerable<Layer> Keys(List<Layer> layers)
    {
        var used = layers.OfType<Blocks>().Select(blocks => blocks.Name).Concat(layers.OfType<Points>().Select(points => points.Name)).ToHashSet();
        return new Layer[]
        {
            new Blocks(TimelineRows.Running, Inks.Middle, []) { InLegend = true },
            new Blocks(TimelineRows.Holding, Inks.Middle, []) { InLegend = true, Texture = Texture.Hatched },
            new Blocks(TimelineRows.Waiting, Inks.Middle, []) { InLegend = true, Texture = Texture.Pale },
        }.Where(key => used.Contains(key.Name));
    }

    /// <summary>Rows too low for a name each leave out names, never the first of a run.</summary>
    private static List<Tick> Readable(List<Tick> ticks, double rowHeight)
    {
        const double NameHeight = 13.5;
        var kept = new List<Tick>();
        foreach (var tick in ticks)
        {
            if (kept.Count == 0 || (tick.At - kept[^1].At) * rowHeight >= NameHeight)
            {
                kept.Add(tick);
            }
        }

        return kept;
    }

    private static IEnumerable<string> Remarks(List<TimelineRows> sections)
    {
        var hidden = sections.Sum(section => section.HiddenLanes);
        if (hidden > 0)
        {
            yield return $"{Quantity.Count(hidden, "more lane")} not shown";
        }

        var dropped = sections.Sum(section => section.Timeline.Dropped);
        if (dropped > 0)
        {
            yield return $"{Quantity.Count(dropped, "span")} not recorded";
        }

        if (sections.Any(section => section.Merged))
        {
            yield return "thin spans are joined, as high as their share of the time";
        }
    }

    private static string Describe(string title, List<TimelineRows> sections) =>
        $"Timeline: {title}. One row a thread or process, bars from the start to the end of a span.\n"
        + string.Join("\n", sections.Select(section => section.Describe()));

    private static double End(Timeline timeline) => timeline.Spans.Count == 0 ? 0 : timeline.Spans.Max(span => span.End.TotalMilliseconds);

    private static int Total(IReadOnlyList<Timeline> timelines) => timelines.Sum(timeline => timeline.Spans.Count);

    /// <summary>Rows for each timeline: all of them while they fit together, else an even share; what one does not need the others get.</summary>
    private static int[] Share(int[] wanted)
    {
        if (wanted.Sum() <= MostLanes)
        {
            return wanted;
        }

        var given = new int[wanted.Length];
        var left = MostLanes - 2;
        foreach (var (rank, i) in Enumerable.Range(0, wanted.Length).OrderBy(i => wanted[i]).Index())
        {
            given[i] = Math.Min(wanted[i], Math.Max(1, left / (wanted.Length - rank)));
            left -= given[i];
        }

        return given;
    }
}
