using ConcurrencyLab;

[assembly: ShownAs<Comparison, Pictures>]
[assembly: ShownAs<Timeline, Pictures>]
[assembly: ShownAs<Scaling, Pictures>]
[assembly: ShownAs<IAnswer, ResultsAsTable>]

namespace ConcurrencyLab;

/// <summary>The pictures of a comparison: <c>comparison.Timelines</c>. What measures knows of none of them.</summary>
public static class ComparisonPictures
{
    extension(Comparison comparison)
    {
        /// <summary>
        /// Wall time of each run as a bar, first run on top, with the interval around the median as an error bar and the
        /// speed-up against the first run in words. What a comparison shows when a cell returns it.
        /// </summary>
        public Figure Timings => Figure.Of(TimingsChart.Draw(comparison));

        /// <summary>Everything that was measured of each run.</summary>
        public ResultTable Table => ComparisonTable.Make(comparison);

        /// <summary>The timelines of all runs that recorded one, under each other on the same time axis.</summary>
        public Figure Timelines => comparison.TimelinesOf();

        /// <summary>The timelines of the named runs under each other on the same time axis; of all runs when none is named.</summary>
        /// <param name="names">Names of runs of this comparison, from top to bottom.</param>
        /// <exception cref="KeyNotFoundException">No run has that name; the message lists those that exist.</exception>
        public Figure TimelinesOf(params string[] names)
        {
            var runs = names.Length == 0 ? comparison.Runs : [.. names.Select(name => comparison[name])];
            return Figure.Of(TimelineChart.Draw(
                comparison.Title, comparison.Where, [.. runs.Select(run => run.Timeline).OfType<Timeline>()], WayColors.For(comparison.Runs)));
        }
    }
}

/// <summary>The picture of a timeline.</summary>
public static class TimelinePictures
{
    extension(Timeline timeline)
    {
        /// <summary>Who did what when: one row a thread or process, waits that hold no thread in a band of their own below.</summary>
        public Figure Figure => Figure.Of(TimelineChart.Draw(timeline.Run, Machine.Here.Subtitle, [timeline], WayColors.For([timeline.Run])));
    }
}

/// <summary>The pictures of a scaling.</summary>
public static class ScalingPictures
{
    extension(Scaling scaling)
    {
        /// <summary>Speed-up over workers with the interval of each, the ideal line, Amdahl's fit and a mark at the machine's cores.</summary>
        public Figure SpeedUp => Figure.Of(SpeedUpChart.Draw(scaling));

        /// <summary>The same figures as <c>SpeedUp</c>, the interactive chart built with XPlot.Plotly.</summary>
        public Figure SpeedUpXPlot => SpeedUpXPlotChart.Make(scaling);
    }
}

/// <summary>What each shows of itself when a cell returns it.</summary>
internal sealed class Pictures : IPictureOf<Comparison>, IPictureOf<Timeline>, IPictureOf<Scaling>
{
    public static IMimeBundle Of(Comparison value) => value.Timings;

    public static IMimeBundle Of(Timeline value) => value.Figure;

    public static IMimeBundle Of(Scaling value) => value.SpeedUp;
}
