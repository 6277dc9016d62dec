using ConcurrencyLab.Kernel.Cells;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>A cell that is being written, which unlike one that is run need not be finished.</summary>
/// <param name="Source">The cell as it was typed.</param>
/// <param name="Code">Its C#: magics, <c>#r</c> and text of other languages are blanked out, so that every index stays the cell's own.</param>
/// <param name="Others">What is blanked out, by UTF-16 indexes, both ends included; and whether it is Python.</param>
internal sealed record DraftCell(string Source, string Code, IReadOnlyList<(int Start, int End, bool IsPython)> Others)
{
    /// <summary>Tells a cell's languages apart.</summary>
    public static DraftCell Of(string source)
    {
        if (!source.Contains('#', StringComparison.Ordinal)) return new DraftCell(source, source, []);
        var code = source.ToCharArray();
        List<(int Start, int End, bool IsPython)> others = [];
        foreach (var line in CellLine.Of(source))
        {
            if (line is { Magic: null, TextType: null } && !IsReference(line.Text.TrimStart()) && !line.Text.StartsWith("#!", StringComparison.Ordinal)) continue;
            Array.Fill(code, ' ', line.Start, line.Text.Length);
            others.Add((line.Start, line.Start + line.Text.Length, line is { Magic: null, TextType: CellLine.Python }));
        }

        return new DraftCell(source, new string(code), others);
    }

    /// <summary>The magics that fit what is typed at a place; none where no magic can stand.</summary>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public Completions Magics(int index)
    {
        var start = index == 0 ? 0 : Source.LastIndexOf('\n', index - 1) + 1;
        var typed = Source[start..index];
        return new Completions(start, index, !typed.StartsWith('#') ? [] : [.. CellParser.Supported.Split(", ")
            .Where(magic => magic.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(magic => new Completion(magic, "magic", ""))]);
    }

    /// <summary>True when a place belongs to C#.</summary>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public bool IsCSharp(int index) => !Others.Any(other => other.Start <= index && index <= other.End);

    /// <summary>The Python around a place, to its left and to its right; null when the place belongs to something else.</summary>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public (string Before, string After)? PythonAt(int index)
    {
        var lines = Others.Where(other => other.IsPython).ToList();
        if (!lines.Exists(line => line.Start <= index && index <= line.End)) return null;
        return (Source[lines[0].Start..index], Source[index..lines[^1].End]);
    }

    private static bool IsReference(string line) =>
        line.StartsWith("#load", StringComparison.Ordinal) || line.StartsWith("#i ", StringComparison.Ordinal)
        || line.StartsWith("#r", StringComparison.Ordinal) && !line.StartsWith("#region", StringComparison.Ordinal);
}
