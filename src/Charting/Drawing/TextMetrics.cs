namespace ConcurrencyLab.Charting;

/// <summary>How wide words are in the font of the pictures, and where their lines break.</summary>
public static class TextMetrics
{
    /// <summary>Width of one line in CSS pixels.</summary>
    /// <param name="text">The line.</param>
    /// <param name="size">Of its letters in CSS pixels, one of <see cref="Sizes"/> say.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static double Width(string text, float size, bool bold) => Typefaces.Runs(text, bold).Sum(run => Width(run, size));

    internal static float Width(TextRun run, float size)
    {
        using var font = run.Font(size);
        return font.MeasureText(run.Text);
    }

    /// <summary>Broken into lines of at most that many letters.</summary>
    internal static IReadOnlyList<string> Wrap(string text, int letters) => Wrap(text, line => line.Length <= letters);

    /// <summary>Broken into lines of at most that width.</summary>
    internal static IReadOnlyList<string> Wrap(string text, double width, float size, bool bold) => Wrap(text, line => Width(line, size, bold) <= width);

    /// <summary>Broken at spaces into lines that fit, a word that is longer than a line wherever that is full; none for no words.</summary>
    private static List<string> Wrap(string text, Func<string, bool> fits)
    {
        var lines = new List<string>();
        foreach (var word in HangSeparators(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines.Count > 0 && fits($"{lines[^1]} {word}"))
            {
                lines[^1] += " " + word;
                continue;
            }

            var rest = word;
            while (rest.Length > 0)
            {
                var length = rest.Length;
                while (length > 1 && !fits(rest[..length]))
                {
                    length--;
                }

                lines.Add(rest[..length]);
                rest = rest[length..];
            }
        }

        return lines;
    }

    /// <summary>On one line, with separating dots and percent signs bound to what stands before them: no line begins with one.</summary>
    private static string HangSeparators(string text) => text.ReplaceLineEndings(" ").Replace(" · ", "\u00A0· ", StringComparison.Ordinal).Replace(" %", "\u00A0%", StringComparison.Ordinal);
}
