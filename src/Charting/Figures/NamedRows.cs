namespace ConcurrencyLab.Charting;

/// <summary>
/// Where things lie in a chart of named rows: the name stands above its bar, not beside it, so that neither a long name nor
/// a narrow page takes room from the bars. What does not fit in one line takes two or three, in all rows alike.
/// </summary>
public sealed class NamedRows
{
    // In CSS pixels: a bar, the row around its words, from the bar to the next row, and to its words.
    private const double BarHeight = 19, Around = 31, Below = 3, Above = 1;

    /// <summary>Width of the plotting area on a narrow page in CSS pixels.</summary>
    private const double Narrow = 400;

    /// <summary>More lines than these would hide what the chart is about.</summary>
    private const int MostLines = 3;

    private readonly List<IReadOnlyList<(string Bold, string Text)>> _headings;

    /// <summary>One row for each name, with its figure in words; the first on top.</summary>
    public NamedRows(IEnumerable<(string Name, string Figure)> rows)
    {
        _headings = [.. rows.Select(row => Lines(row.Name, row.Figure, Narrow))];
        Height = Around + Sizes.Line * _headings.Select(lines => lines.Count).DefaultIfEmpty(1).Max();
    }

    /// <summary>The axis that counts the rows from the top.</summary>
    public Axis Axis => new("", Math.Max(1, _headings.Count) - 0.5, -0.5) { Ticks = [], Grid = false };

    /// <summary>Thickness of a bar as a share of its row.</summary>
    public double BarThickness => BarHeight / Height;

    /// <summary>Height of all rows in CSS pixels.</summary>
    public int PlotHeight => (int)Math.Ceiling(Math.Max(1, _headings.Count) * Height) + 8;

    /// <summary>The names and figures.</summary>
    public Annotations Headings => new([.. _headings.SelectMany((lines, row) => Heading(lines, At(row) - (BarHeight / 2 + Above) / Height))]);

    internal double Height { get; }

    /// <summary>Where the middle of a row's bar lies: low in the row, the words stand above.</summary>
    public double At(int row) => row + 0.5 - (Below + BarHeight / 2) / Height;

    /// <summary>Lines of a name and a figure that end at a height, in the unit of the axis upward.</summary>
    public static IEnumerable<Annotation> Heading(IReadOnlyList<(string Bold, string Text)> lines, double bottom) =>
        lines.Select((line, i) => new Annotation(0, bottom, line.Bold, line.Text)
        {
            AtLeftEdge = true,
            Vertical = Align.End,
            Shift = (0, -Sizes.Line * (lines.Count - 1 - i)),
        });

    /// <summary>A bold name and a figure after it, in lines of at most that width (CSS pixels).</summary>
    public static IReadOnlyList<(string Bold, string Text)> Lines(string name, string figure, double width)
    {
        bool Fit(string bold, string text) => TextMetrics.Width(bold, Sizes.Annotation, bold: true) + 8 + TextMetrics.Width(text, Sizes.Annotation, bold: false) <= width;
        if (Fit(name, figure))
        {
            return [(name, figure)];
        }

        var names = TextMetrics.Wrap(name, width, Sizes.Annotation, bold: true);
        var figures = TextMetrics.Wrap(figure, width, Sizes.Annotation, bold: false);
        // A figure that does not fit behind its name begins a line of its own.
        var together = names.Count > 0 && figures.Count == 1 && Fit(names[^1], figures[0]);
        List<(string Bold, string Text)> lines = together
            ? [.. names.SkipLast(1).Select(line => (line, "")), (names[^1], figures[0])]
            : [.. names.Select(line => (line, "")), .. figures.Select(line => ("", line))];
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), Ended(lines[MostLines - 1])];
    }

    private static (string Bold, string Text) Ended((string Bold, string Text) line) =>
        line.Text.Length > 0 ? (line.Bold, line.Text + " …") : (line.Bold + " …", "");
}
