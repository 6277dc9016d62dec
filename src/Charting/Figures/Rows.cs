namespace ConcurrencyLab.Charting;

/// <summary>
/// Charts of named rows: the name stands above its bar, not beside it, so that neither a long name nor a narrow page
/// takes room from the bars. What does not fit in one line takes two or three, in all rows alike.
/// </summary>
internal sealed class Rows
{
    /// <summary>Height of a bar in CSS pixels.</summary>
    private const double BarHeight = 19;

    /// <summary>Height of a row around its words.</summary>
    private const double Around = 31;

    /// <summary>Between a bar and the next row, and between a bar and its words.</summary>
    private const double Below = 3, Above = 1;

    /// <summary>Width of the plotting area on a narrow page in CSS pixels.</summary>
    private const double Narrow = 400;

    /// <summary>More lines than these would hide what the chart is about.</summary>
    private const int MostLines = 3;

    private readonly List<IReadOnlyList<(string Bold, string Text)>> _headings;

    /// <summary>One row for each name, with its figure in words.</summary>
    public Rows(IEnumerable<(string Name, string Figure)> rows)
    {
        _headings = [.. rows.Select(row => Lines(row.Name, row.Figure, Narrow))];
        Height = Around + Sizes.Line * _headings.Select(lines => lines.Count).DefaultIfEmpty(1).Max();
    }

    /// <summary>Height of one row in CSS pixels.</summary>
    public double Height { get; }

    /// <summary>Thickness of a bar as a share of its row.</summary>
    public double Bar => BarHeight / Height;

    /// <summary>Height of all rows in CSS pixels.</summary>
    public int PlotHeight => (int)Math.Ceiling(Math.Max(1, _headings.Count) * Height) + 8;

    /// <summary>The names and figures.</summary>
    public Notes Headings => new([.. _headings.SelectMany((lines, row) => lines.Select((line, i) =>
        new Note(0, At(row) - (BarHeight / 2 + Above) / Height, line.Bold, line.Text)
        {
            AtLeftEdge = true,
            Vertical = Align.End,
            Shift = (0, -Sizes.Line * (lines.Count - 1 - i)),
        }))]);

    /// <summary>Where the middle of a row's bar lies: low in the row, the words stand above.</summary>
    public double At(int row) => row + 0.5 - (Below + BarHeight / 2) / Height;

    /// <summary>A bold name and a figure after it, in lines of at most that width (CSS pixels).</summary>
    public static IReadOnlyList<(string Bold, string Text)> Lines(string name, string figure, double width)
    {
        static double Measure(string words, bool bold) => PngText.Measure(words, Sizes.Note, bold);
        const double Gap = 8;
        if (Measure(name, true) + Gap + Measure(figure, false) <= width)
        {
            return [(name, figure)];
        }

        var lines = new List<(string Bold, string Text)>();
        var (bold, text) = ("", "");
        void Append(string word, bool isBold)
        {
            var (longerBold, longerText) = isBold ? (Joined(bold, word), text) : (bold, Joined(text, word));
            if (bold.Length + text.Length > 0 && Measure(longerBold, true) + (longerText.Length > 0 ? Gap : 0) + Measure(longerText, false) > width)
            {
                lines.Add((bold, text));
                (longerBold, longerText) = isBold ? (word, "") : ("", word);
            }

            (bold, text) = (longerBold, longerText);
        }

        foreach (var word in Words(name, width, isBold: true))
        {
            Append(word, isBold: true);
        }

        // A figure that does not fit behind its name begins a line of its own.
        if (Measure(bold, true) + Gap + Measure(figure, false) > width)
        {
            lines.Add((bold, ""));
            bold = "";
        }

        foreach (var word in Words(figure, width, isBold: false))
        {
            Append(word, isBold: false);
        }

        lines.Add((bold, text));
        return lines.Count <= MostLines ? lines : [.. lines.Take(MostLines - 1), Ended(lines[MostLines - 1])];
    }

    /// <summary>Unit in which times up to this many milliseconds are best read, and how many of them are one millisecond.</summary>
    public static (string Unit, double PerMillisecond) Unit(double largestMilliseconds) => largestMilliseconds switch
    {
        <= 0 => ("ms", 1),
        < 0.0009995 => ("ns", 1e6),
        < 0.9995 => ("µs", 1000),
        < 9999.5 => ("ms", 1),
        < Quantity.LongestInSeconds => ("s", 0.001),
        < Quantity.LongestInMinutes => ("min", 1 / 60_000.0),
        _ => ("h", 1 / 3_600_000.0),
    };

    private static (string Bold, string Text) Ended((string Bold, string Text) line) =>
        line.Text.Length > 0 ? (line.Bold, line.Text + " …") : (line.Bold + " …", "");

    private static string Joined(string line, string word) => line.Length > 0 ? line + " " + word : word;

    /// <summary>Words, one that is wider than a line in pieces.</summary>
    private static IEnumerable<string> Words(string text, double width, bool isBold)
    {
        foreach (var word in TextLines.HangSeparators(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            while (PngText.Measure(rest, Sizes.Note, isBold) > width)
            {
                var length = rest.Length - 1;
                while (length > 1 && PngText.Measure(rest[..length], Sizes.Note, isBold) > width)
                {
                    length--;
                }

                yield return rest[..length];
                rest = rest[length..];
            }

            yield return rest;
        }
    }
}
