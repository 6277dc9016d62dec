namespace ConcurrencyLab.Charting;

/// <summary>Breaks text into lines.</summary>
internal static class TextLines
{
    /// <summary>On one line, with separating dots and percent signs bound to what stands before them: no line begins with one.</summary>
    internal static string HangSeparators(string text) => text.ReplaceLineEndings(" ").Replace(" · ", "\u00A0· ", StringComparison.Ordinal).Replace(" %", "\u00A0%", StringComparison.Ordinal);

    /// <summary>Broken at spaces into lines of at most that many letters, where words allow.</summary>
    internal static IReadOnlyList<string> Wrap(string text, int letters) => Wrap(text, line => line.Length <= letters);

    /// <summary>Broken at spaces into lines that fit, where words allow.</summary>
    internal static IReadOnlyList<string> Wrap(string text, Func<string, bool> fits)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in HangSeparators(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length > 0 ? line + " " + word : word;
            if (line.Length > 0 && !fits(longer))
            {
                lines.Add(line);
                longer = word;
            }

            line = longer;
        }

        lines.Add(line);
        return lines;
    }
}
