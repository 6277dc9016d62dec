namespace ConcurrencyLab.Charting;

/// <summary>Things drawn alike.</summary>
/// <param name="Name">What they are; layers of one name are one entry in the legend.</param>
/// <param name="Color">As <c>#RRGGBB</c>.</param>
public abstract record Layer(string Name, string Color)
{
    /// <summary>Whether the legend explains it; a layer of nothing but a legend entry is allowed.</summary>
    public bool InLegend { get; init; }

    /// <summary>Text for a <c>Hover</c> template, in which plotly.js reads tags: something may well be called <c>Task&lt;int&gt;</c>.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

/// <summary>Horizontal bars: those of a bar chart, and spans of a timeline.</summary>
public sealed record Bars(string Name, string Color, IReadOnlyList<Bar> Items) : Layer(Name, Color)
{
    /// <summary>The second cue beside colour.</summary>
    public Texture Texture { get; init; }

    /// <summary>What hovering shows, in plotly.js's template language.</summary>
    public string Hover { get; init; } = "%{text}";

    /// <summary>Whether a bar's text is written into it where it fits.</summary>
    public bool TextInside { get; init; }

    /// <summary>Whether bars are spans of time: one of no length is still drawn.</summary>
    public bool AreSpans { get; init; }

    /// <summary>Whether a gap sets neighbours apart where they are long enough for it.</summary>
    public bool Gaps { get; init; }

    /// <summary>The layer's colour; a paler one for stripes with text on them.</summary>
    internal string StripeColor => TextInside && Texture == Texture.Hatched && Palette.Luminance(Color) <= 0.4 ? Palette.Mix(Color, PageColors.Paper, 0.5) : Color;

    /// <summary>What lies between stripes, or fills a bar that has none.</summary>
    internal string FillColor => Texture switch
    {
        Texture.Pale => Palette.Mix(Color, PageColors.Paper, 0.55),
        Texture.Hatched => Palette.Mix(StripeColor, PageColors.Paper, 0.6),
        _ => Color,
    };

    /// <summary>Words that read on a bar: plain bars may be dark, the others are light.</summary>
    internal string TextColor => Texture == Texture.Solid && Palette.Luminance(Color) <= 0.4 ? PageColors.Paper : PageColors.OnBar;

    /// <summary>Whether a gap is drawn at the start of a bar, on an axis of that length.</summary>
    internal bool HasGap(Bar bar, double axis) => Gaps && bar.Length >= 0.006 * axis;

    /// <summary>Whether a bar is too short to show its colour unless it is made wider, and its error bar at all.</summary>
    internal bool IsSliver(Bar bar, double axis) => !AreSpans && bar.Length > 0 && bar.Length < 0.004 * axis;
}

/// <summary>One bar and, where it has one, its error bar.</summary>
/// <param name="From">Where it begins, in the unit of the axis across.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Row">Its middle, in the unit of the other axis.</param>
/// <param name="Thickness">In the unit of the other axis.</param>
/// <param name="Text">What hovering shows, and what is written into it where the layer says so.</param>
/// <param name="Low">Where the error bar begins; null for none.</param>
/// <param name="High">Where the error bar ends.</param>
public readonly record struct Bar(double From, double To, double Row, double Thickness, string Text, double? Low = null, double? High = null)
{
    internal double Length => Math.Abs(To - From);
}

/// <summary>How an area is filled.</summary>
public enum Texture
{
    /// <summary>In its colour.</summary>
    Solid,

    /// <summary>Striped.</summary>
    Hatched,

    /// <summary>In a lighter shade.</summary>
    Pale,
}

/// <summary>Points, joined by a line or not.</summary>
public sealed record Points(string Name, string Color, IReadOnlyList<Point> Items) : Layer(Name, Color)
{
    /// <summary>What marks each point.</summary>
    public Symbol Symbol { get; init; }

    /// <summary>Side of the symbol in CSS pixels.</summary>
    public double Size { get; init; } = 8;

    /// <summary>Width of the joining line in CSS pixels; 0 for none.</summary>
    public double Line { get; init; }

    /// <summary>How the joining line is drawn.</summary>
    public Dash Dash { get; init; }

    /// <summary>Whether each value holds until the next point.</summary>
    public bool Step { get; init; }

    /// <summary>Whether the line is the outline of a filled area.</summary>
    public bool Filled { get; init; }

    /// <summary>What hovering shows, in plotly.js's template language; empty for nothing.</summary>
    public string Hover { get; init; } = "%{text}";

    internal string FillColor => Palette.Mix(Color, PageColors.Paper, 0.4);

    /// <summary>
    /// No more points than can be seen: of those that fall into one column of the picture the lowest and the highest stay, and
    /// the first and last of all.
    /// </summary>
    /// <param name="points">By x.</param>
    /// <param name="columns">Columns of equal width.</param>
    public static IReadOnlyList<Point> Thin(IReadOnlyList<Point> points, int columns)
    {
        if (points.Count <= columns * 2)
        {
            return points;
        }

        var width = Math.Max((points[^1].X - points[0].X) / columns, double.Epsilon);
        return [.. points.Index().GroupBy(point => (int)((point.Item.X - points[0].X) / width))
            .SelectMany(column => new[] { column.MinBy(point => point.Item.Y).Index, column.MaxBy(point => point.Item.Y).Index })
            .Prepend(0).Append(points.Count - 1).Distinct().Order().Select(index => points[index])];
    }
}

/// <summary>One point and, upward and downward, its error bar.</summary>
/// <param name="X">In the unit of the axis across.</param>
/// <param name="Y">In the unit of the other axis.</param>
/// <param name="Text">What hovering shows.</param>
/// <param name="Low">Where the error bar begins; null for none.</param>
/// <param name="High">Where the error bar ends.</param>
public readonly record struct Point(double X, double Y, string Text = "", double? Low = null, double? High = null);

/// <summary>What marks a point.</summary>
public enum Symbol
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A filled circle.</summary>
    Circle,

    /// <summary>A circle that shows what lies inside it.</summary>
    Ring,

    /// <summary>A square on its corner.</summary>
    Diamond,

    /// <summary>An upright stroke.</summary>
    Stroke,
}

/// <summary>How a line is drawn; named as in plotly.js.</summary>
public enum Dash
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>In dashes.</summary>
    Dash,

    /// <summary>In dots.</summary>
    Dot,
}

/// <summary>A dashed line that stands on the axis across, named at its foot.</summary>
/// <param name="Name">Written beside it, on the side that has more room.</param>
/// <param name="Color">As <c>#RRGGBB</c>.</param>
/// <param name="At">Where it stands, in the unit of the axis.</param>
public sealed record Rule(string Name, string Color, double At) : Layer(Name, Color);

/// <summary>Words in the plotting area.</summary>
public sealed record Annotations(IReadOnlyList<Annotation> Items) : Layer("", PageColors.Text);

/// <summary>One line of words.</summary>
/// <param name="X">In the unit of the axis across; ignored at the left edge.</param>
/// <param name="Y">In the unit of the other axis.</param>
/// <param name="Bold">Written first and bold.</param>
/// <param name="Text">Written after it.</param>
public readonly record struct Annotation(double X, double Y, string Bold, string Text)
{
    /// <summary>Whether it starts at the plotting area's left edge, wherever that is.</summary>
    public bool AtLeftEdge { get; init; }

    /// <summary>Start: the words begin at X. End: they end there.</summary>
    public Align Horizontal { get; init; }

    /// <summary>Start: the words hang below Y. End: they stand on it.</summary>
    public Align Vertical { get; init; }

    /// <summary>Distance from the point to the right and down in CSS pixels.</summary>
    public (double Right, double Down) Shift { get; init; }

    /// <summary>Whether a thin line leads from the point to the words.</summary>
    public bool Leader { get; init; }
}

/// <summary>Which part of a line of words lies at its place.</summary>
public enum Align
{
    /// <summary>Its start, or its upper edge.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end, or its lower edge.</summary>
    End,
}
