namespace ConcurrencyLab.Charting;

/// <summary>
/// What a chart shows, apart from how it is painted: one description from which the interactive chart and the PNG are both
/// made, so that they cannot tell different stories. <see cref="Figure.Of(Drawing, Action{System.Text.Json.Nodes.JsonObject})"/> shows it.
/// </summary>
public sealed record Drawing
{
    /// <summary>Width of the picture in CSS pixels: a notebook's or the book's column.</summary>
    public const int PictureWidth = 700;

    /// <summary>Width of the plotting area in the picture, in CSS pixels, when no ticks or title stand left of it.</summary>
    public const int PlotWidth = PictureWidth - 2 * Margin;

    internal const int Margin = 14;

    /// <summary>What the chart is about; long ones are broken into lines.</summary>
    public required string Title { get; init; }

    /// <summary>Machine, repeats and whatever else one must know to believe the picture.</summary>
    public required string Subtitle { get; init; }

    /// <summary>The axis across.</summary>
    public required Axis X { get; init; }

    /// <summary>The axis upward, or downward when its high end is below its low one.</summary>
    public required Axis Y { get; init; }

    /// <summary>From back to front; the legend lists those that are in it in this order.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>Height of the plotting area in CSS pixels; the width is the page's.</summary>
    public required int PlotHeight { get; init; }

    /// <summary>The chart in words and figures: all that a screen reader gets.</summary>
    public required string Description { get; init; }

    /// <summary>The title of the axis across in lines that fit on a page 400 CSS pixels wide: plotly.js would cut a longer one.</summary>
    internal IReadOnlyList<string> XTitle => TextMetrics.Wrap(X.Title, 52);

    /// <summary>The title of the axis upward in lines that are no longer than it.</summary>
    internal IReadOnlyList<string> YTitle => TextMetrics.Wrap(Y.Title, Math.Max(12, (int)(PlotHeight / 7.2)));
}

/// <summary>Sizes of letters in CSS pixels, the same in the interactive chart and in the PNG: read on a projector's wall, too.</summary>
public static class Sizes
{
    /// <summary>An annotation, and the name above a bar.</summary>
    public const int Annotation = 13;

    /// <summary>Inside a bar; the smallest there is.</summary>
    public const int Inside = 11;

    /// <summary>From one line of words to the next.</summary>
    public const int Line = 17;

    internal const int Title = 16;
    internal const int Subtitle = 12;
    internal const int AxisTitle = 13;
    internal const int Tick = 12;
    internal const int Key = 12;

    /// <summary>A bar at least so high has room for words in it, in plotly.js with its own padding too.</summary>
    internal const double RoomInside = 21;
}

/// <summary>Colours that are not data.</summary>
public static class PageColors
{
    /// <summary>Behind everything.</summary>
    public const string Paper = "#FFFFFF";

    /// <summary>Words; a dark page turns them white.</summary>
    public const string Text = "#222222";

    /// <summary>Words and whiskers that stand on a bar and not on the page: light enough to be left as they are by a dark page.</summary>
    public const string OnBar = "#424242";

    /// <summary>Lines, and keys of a legend that stand for every colour: seen on a white and on a dark page alike.</summary>
    public const string Middle = "#888888";

    internal const string Grid = "rgba(136,136,136,0.25)";
}
