namespace ConcurrencyLab;

/// <summary>Draws timelines of runs under each other.</summary>
internal static class TimelineChart
{
    /// <summary>Rows beyond these are counted, not drawn.</summary>
    private const int MostLanes = 64;

    /// <summary>Width of a run's name and figures beside the names of its lanes, in CSS pixels.</summary>
    private const double HeadingWidth = 520;

    /// <summary>A run's heading always needs the height of its words, in CSS pixels.</summary>
    private const double HeadingHeight = 28;

    /// <summary>Bars beyond these make the chart slow and the notebook large.</summary>
    private const int MostBars = 2400;

    public static Drawing Draw(string title, string where, IReadOnlyList<Timeline> timelines, IReadOnlyDictionary<string, Ink> inks)
    {
        var longest = timelines.SelectMany(timeline => timeline.Spans.Select(span => span.End).Append(timeline.Duration)).DefaultIfEmpty().Max().TotalMilliseconds;
        var unit = Quantity.TimeUnit(longest);
        var allowed = Share([.. timelines.Select(timeline => timeline.Lanes.Count(lane => lane.Kind != LaneKind.Waits))]);
        // Half a CSS pixel of a wide page; coarser only when there would still be too many bars.
        var resolution = timelines.Sum(timeline => timeline.Spans.Count) <= 400 ? 0 : longest / 1400;
        List<TimelineRows> sections;
        do
        {
            sections = [.. timelines.Select((timeline, i) => new TimelineRows(timeline, inks[timeline.Run], allowed[i], resolution, unit))];
            resolution = Math.Max(resolution, longest / 1400) * 1.6;
        }
        while (sections.Sum(section => section.Bars) > MostBars);

        var (layers, ticks, notes) = (new List<Layer>(), new List<Tick>(), new List<Annotation>());
        // Few rows are high enough for their items' names, many as low as the eye still parts them.
        var headings = sections.Count > 1 ? sections.Count : 0;
        var rowHeight = Math.Clamp((420 - headings * HeadingHeight) / Math.Max(sections.Sum(section => section.Height), 1), 9, 28);
        double bottom = 0;
        foreach (var section in sections)
        {
            if (sections.Count > 1)
            {
                var lines = NamedRows.Lines(section.Timeline.Run, section.Figures, HeadingWidth);
                bottom += (HeadingHeight + (lines.Count - 1) * Sizes.Line) / rowHeight;
                notes.AddRange(NamedRows.Heading(lines, bottom));
            }

            bottom = section.Place(bottom, layers, ticks);
        }

        bottom = Math.Max(bottom, 1);
        layers.Add(new Annotations(notes));
        return new Drawing
        {
            Title = sections.Count == 1 ? $"{title}: {sections[0].Figures}" : title,
            Subtitle = string.Join(" · ", [where, .. Remarks(sections)]),
            X = new Axis($"since the run began, {unit.Name}", 0, longest > 0 ? longest * unit.PerMillisecond * 1.01 : 1),
            Y = new Axis("", bottom, 0) { Ticks = Readable(ticks, rowHeight), Grid = false },
            Layers = [.. Keys(layers), .. layers],
            PlotHeight = (int)Math.Round(bottom * rowHeight) + 4,
            Description = $"Timeline: {title}. One row a thread or process, bars from the start to the end of a span.\n"
                + string.Join("\n", sections.Select(section => section.Describe())),
        };
    }

    /// <summary>What the looks mean, in a grey that stands for every run's colour.</summary>
    private static IEnumerable<Layer> Keys(List<Layer> layers) =>
        new[] { (TimelineRows.Running, Texture.Solid), (TimelineRows.Holding, Texture.Hatched), (TimelineRows.Waiting, Texture.Pale) }
            .Where(key => layers.Any(layer => layer.Name == key.Item1))
            .Select(key => new Bars(key.Item1, PageColors.Middle, []) { InLegend = true, Texture = key.Item2 });

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
        if (sections.Sum(section => section.HiddenLanes) is > 0 and var hidden)
        {
            yield return $"{Quantity.Count(hidden, "more lane")} not shown";
        }

        if (sections.Sum(section => section.Timeline.Dropped) is > 0 and var dropped)
        {
            yield return $"{Quantity.Count(dropped, "span")} not recorded";
        }

        if (sections.Any(section => section.Merged))
        {
            yield return "thin spans are joined, as high as their share of the time";
        }
    }

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
