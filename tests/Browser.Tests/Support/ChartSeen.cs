using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Support;

/// <summary>A box on the page, in CSS pixels.</summary>
internal record Box(double Left, double Top, double Width, double Height)
{
    public double Right => Left + Width;

    public double Bottom => Top + Height;

    /// <summary>Whether another box lies inside, give or take a pixel.</summary>
    public bool Holds(Box other) => other.Left >= Left - 1 && other.Right <= Right + 1 && other.Top >= Top - 1 && other.Bottom <= Bottom + 1;
}

/// <summary>Words in a chart.</summary>
internal sealed record Words(string Text, double Size, double Left, double Top, double Width, double Height) : Box(Left, Top, Width, Height)
{
    /// <summary>
    /// Whether the letters of two texts lie on each other. The box of a text is as high as its font's line: a third of it
    /// is empty above and below the letters.
    /// </summary>
    public bool Covers(Words other)
    {
        var across = Math.Min(Right, other.Right) - Math.Max(Left, other.Left);
        var down = Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top);
        return across > 1 && down > Math.Min(Height, other.Height) / 3;
    }
}

/// <summary>What the page shows of a chart.</summary>
/// <param name="Id">Id of its cell on the page.</param>
/// <param name="Drawn">Whether Plotly has drawn it.</param>
/// <param name="Box">Where the drawing is.</param>
/// <param name="Marks">How many bars, points and lines can be seen.</param>
/// <param name="Texts">All words that can be seen.</param>
/// <param name="Bars">The boxes of the bars of each bar trace.</param>
/// <param name="PlotWidth">Width between the axes.</param>
/// <param name="Data">The traces as Plotly has them.</param>
/// <param name="Layout">The horizontal axis as Plotly has it.</param>
internal sealed record ChartSeen(string Id, bool Drawn, Box Box, int Marks, Words[] Texts, Box[][] Bars, double PlotWidth, JsonArray Data, JsonObject? Layout)
{
    /// <summary>Words that stick out of the drawing and are cut off by it.</summary>
    public IEnumerable<string> CutWords => Texts.Where(text => !Box.Holds(text)).Select(text => $"{Id}: \"{text.Text}\" is cut off");

    /// <summary>Words that lie on other words.</summary>
    public IEnumerable<string> CollidingWords =>
        from pair in Texts.SelectMany((text, index) => Texts.Skip(index + 1).Select(other => (text, other)))
        where pair.text.Covers(pair.other)
        select $"{Id}: \"{pair.text.Text}\" lies on \"{pair.other.Text}\"";
}
