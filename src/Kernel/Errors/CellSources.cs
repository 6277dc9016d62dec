using System.Collections.Concurrent;
using System.Globalization;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>The sources of the cells run so far, so that a message can quote the line it speaks of.</summary>
internal sealed class CellSources
{
    private const string Prefix = "cell ";
    private readonly ConcurrentDictionary<int, string[]> _lines = new();

    /// <summary>The name that stands for a cell in debug information and messages.</summary>
    public static string PathOf(int cell) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{cell}");

    /// <summary>The cell that a name stands for; null when it stands for a real file.</summary>
    public static int? CellOf(string? path) =>
        path is not null && path.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(path.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var cell)
            ? cell : null;

    /// <summary>Remembers what a cell contains.</summary>
    public void Add(int cell, string source) => _lines[cell] = source.ReplaceLineEndings("\n").Split('\n');

    /// <summary>What a cell contains; empty when that is not known.</summary>
    public string Of(int cell) => _lines.TryGetValue(cell, out var lines) ? string.Join('\n', lines) : "";

    /// <summary>A line of a cell with carets under some of its columns, none when <paramref name="column"/> is null; all counted from 1.</summary>
    public IEnumerable<string> Quote(int cell, int line, int? column, int length = 1)
    {
        if (!_lines.TryGetValue(cell, out var lines) || line < 1 || line > lines.Length) yield break;
        var text = lines[line - 1].TrimEnd();
        if (text.Length == 0) yield break;
        const string Indent = "    ";
        yield return Indent + text;
        if (column is not { } start || start < 1 || start > text.Length + 1) yield break;
        // A tab stays a tab, so that the caret stands where the eye looks for it.
        var pad = string.Concat(text.Take(start - 1).Select(c => c == '\t' ? '\t' : ' '));
        yield return Indent + pad + new string('^', Math.Clamp(length, 1, Math.Max(1, text.Length - start + 1)));
    }
}
