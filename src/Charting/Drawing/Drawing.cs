namespace ConcurrencyLab.Charting;

/// <summary>
/// What a chart shows, apart from how it is painted: one description from which the interactive chart and the PNG are both
/// made, so that they cannot tell different stories.
/// </summary>
internal sealed record Drawing
{
    public required string Title { get; init; }

    /// <summary>Machine, repeats and whatever else a reader must know to believe the picture.</summary>
    public required string Subtitle { get; init; }

    public required Scale X { get; init; }

    public required Scale Y { get; init; }

    /// <summary>From back to front; those with a name in the legend in its order.</summary>
    public required IReadOnlyList<Layer> Layers { get; init; }

    /// <summary>Height of the plotting area in CSS pixels; the width is the page's.</summary>
    public required int PlotHeight { get; init; }

    /// <summary>Letters of a title that stand beside an axis of that height.</summary>
    public int LettersUp => Math.Max(12, (int)(PlotHeight / 7.2));

    /// <summary>The chart in words and figures: all that a screen reader gets.</summary>
    public required string Description { get; init; }
}

/// <summary>One axis.</summary>
/// <param name="Title">What is measured and in which unit; empty for rows that name themselves.</param>
/// <param name="Low">Value at the left or lower end.</param>
/// <param name="High">Value at the right or upper end; below <paramref name="Low"/> for rows counted from the top.</param>
internal sealed record Scale(string Title, double Low, double High)
{
    /// <summary>Logarithmic; both ends are then above zero.</summary>
    public bool Log { get; init; }

    /// <summary>Ticks with their own words; null leaves them to the painter.</summary>
    public IReadOnlyList<Tick>? Ticks { get; init; }

    /// <summary>Whether lines cross the plotting area at the ticks.</summary>
    public bool Grid { get; init; } = true;

    /// <summary>The title in lines of at most so many letters.</summary>
    public IReadOnlyList<string> TitleLines(int letters) => Title.Length == 0 ? [] : TextLines.Wrap(Title, letters);

    /// <summary>Length of the axis in its own unit.</summary>
    public double Reach => Math.Abs(High - Low);

    /// <summary>Rows counted from the top, from 0; each names itself inside the plotting area.</summary>
    public static Scale Rows(double count) => new("", count - 0.5, -0.5) { Ticks = [], Grid = false };
}

internal readonly record struct Tick(double At, string Text);

/// <summary>How an area is filled, the second cue beside colour.</summary>
internal enum Texture
{
    Solid,
    Hatched,
    Pale,
}

internal enum Symbol
{
    None,
    Circle,
    Ring,
    Diamond,
    Bar,
}

internal enum Dash
{
    Solid,
    Dashed,
    Dotted,
}

/// <summary>Things drawn alike.</summary>
/// <param name="Name">What they are; layers of one name are one entry in the legend.</param>
/// <param name="Color">As <c>#RRGGBB</c>.</param>
internal abstract record Layer(string Name, string Color)
{
    public bool InLegend { get; init; }
}

/// <summary>Rectangles: bars of a bar chart, spans of a timeline.</summary>
internal sealed record Blocks(string Name, string Color, IReadOnlyList<Block> Items) : Layer(Name, Color)
{
    public Texture Texture { get; init; }

    /// <summary>What hovering shows, in plotly.js's template language.</summary>
    public string Hover { get; init; } = "%{text}";

    /// <summary>Whether a block's text is written into it where it fits.</summary>
    public bool TextInside { get; init; }

    /// <summary>The layer's colour; a paler one for stripes with text on them.</summary>
    public string FillColor => TextInside && Texture == Texture.Hatched ? new Ink(Color, Texture).UnderText : Color;

    /// <summary>Whether blocks are pieces of time: one of no length is still drawn.</summary>
    public bool Pieces { get; init; }

    /// <summary>Whether neighbours are parted by a gap where they are long enough for it.</summary>
    public bool Parted { get; init; }

    /// <summary>A block with a gap at its ends, on an axis of that length.</summary>
    public bool HasGap(Block block, double reach) => Parted && block.Length >= 0.006 * reach;

    /// <summary>A bar too short to show its colour unless its outline is strengthened, and its error bar at all.</summary>
    public bool IsSliver(Block block, double reach) => !Pieces && block.Length > 0 && block.Length < SliverShare * reach;

    private const double SliverShare = 0.004;
}

/// <summary>One rectangle and, for a bar, its error bar.</summary>
internal readonly record struct Block(double From, double To, double Row, double Thickness, string Text, double? Low = null, double? High = null)
{
    public double Length => Math.Abs(To - From);
}

/// <summary>Points, joined or not.</summary>
internal sealed record Points(string Name, string Color, IReadOnlyList<Point> Items) : Layer(Name, Color)
{
    public Symbol Symbol { get; init; }

    /// <summary>Side of the symbol in CSS pixels.</summary>
    public double Size { get; init; } = 8;

    /// <summary>Width of the joining line in CSS pixels; 0 for none.</summary>
    public double Line { get; init; }

    public Dash Dash { get; init; }

    /// <summary>Each value holds until the next point.</summary>
    public bool Step { get; init; }

    /// <summary>The line is the outline of a filled area.</summary>
    public bool Filled { get; init; }

    /// <summary>0 to 1; for many points on top of each other.</summary>
    public double Opacity { get; init; } = 1;

    /// <summary>What hovering shows, in plotly.js's template language; empty for nothing.</summary>
    public string Hover { get; init; } = "%{text}";
}

/// <summary>One point and, along y, its error bar.</summary>
internal readonly record struct Point(double X, double Y, string Text = "", double? Low = null, double? High = null);

/// <summary>A line from edge to edge at one value, named at its end.</summary>
internal sealed record Rule(string Name, string Color, double At, bool Vertical) : Layer(Name, Color)
{
    public Dash Dash { get; init; } = Dash.Dashed;

    /// <summary>The name of an upright line stands left of it, for a line near the right edge.</summary>
    public bool NameBefore { get; init; }
}

/// <summary>Words in the plotting area.</summary>
internal sealed record Notes(IReadOnlyList<Note> Items) : Layer("", Inks.Text);

internal enum Align
{
    Start,
    Middle,
    End,
}

/// <summary>One line of words.</summary>
/// <param name="X">In the axis's unit; ignored at the left edge.</param>
/// <param name="Y">In the axis's unit.</param>
/// <param name="Bold">Written first and bold.</param>
/// <param name="Text">Written after it.</param>
internal readonly record struct Note(double X, double Y, string Bold, string Text)
{
    /// <summary>Starts at the plotting area's left edge wherever that is.</summary>
    public bool AtLeftEdge { get; init; }

    /// <summary>Start: the words begin at X. End: they end there.</summary>
    public Align Horizontal { get; init; }

    /// <summary>Start: the words hang below Y. End: they stand on it.</summary>
    public Align Vertical { get; init; }

    /// <summary>Distance from the point to the right and down in CSS pixels.</summary>
    public (double Right, double Down) Shift { get; init; }

    /// <summary>A thin line leads from the point to the words.</summary>
    public bool Leader { get; init; }
}

/// <summary>A grid of coloured cells; its values as they are, row by row from the bottom.</summary>
internal sealed record Cells(string Name, double[,] Values) : Layer(Name, Inks.Text);

/// <summary>Sizes of letters in CSS pixels, the same in the interactive chart and in the PNG: read on a projector's wall, too.</summary>
internal static class Sizes
{
    public const int Title = 16;
    public const int Subtitle = 12;
    public const int Note = 13;
    public const int AxisTitle = 13;
    public const int Tick = 12;
    public const int Key = 12;

    /// <summary>Inside a block; the smallest there is.</summary>
    public const int Inside = 11;

    /// <summary>A block at least so high has room for words in it, in plotly.js with its own padding too.</summary>
    public const double RoomInside = 21;

    /// <summary>From one line of words to the next.</summary>
    public const int Line = 17;

    /// <summary>Letters of an axis title in one line, across a page 400 CSS pixels wide.</summary>
    public const int AxisTitleLetters = 52;
}

/// <summary>Colours that are not data.</summary>
internal static class Inks
{
    public const string Paper = "#FFFFFF";
    public const string Text = "#222222";

    /// <summary>
    /// Words and whiskers that stand on a bar and not on the page: a dark page, which turns black words white, leaves them dark.
    /// </summary>
    public const string OnBar = "#424242";

    /// <summary>For lines that must show on a white and on a dark page alike.</summary>
    public const string Middle = "#888888";

    /// <summary>As <see cref="Middle"/>, fainter.</summary>
    public const string Grid = "rgba(136,136,136,0.25)";
}
