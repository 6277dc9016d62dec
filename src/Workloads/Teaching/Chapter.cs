using System.Globalization;
namespace ConcurrencyLab;

/// <summary>The start of every chapter.</summary>
public static class Chapter
{
    /// <summary>Tells on what machine, runtime and garbage collector the chapter measures, and which Python it found. In .NET Interactive it adds the language python, which the lab's kernel has.</summary>
    public static ChapterCard Start()
    {
        Figure.WarmUp();
        PythonLanguage.AddToDotNetInteractive();
        return new ChapterCard(Machine.Here, Python.Found);
    }
}

/// <summary>What this machine is, as a small table.</summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed record ChapterCard(Machine Machine, Python? Python) : IMarkdownValue
{
    private IEnumerable<(string Name, string Value)> Rows()
    {
        yield return ("cores", string.Create(CultureInfo.InvariantCulture, $"{Machine.Cores} ({Machine.Processor})"));
        yield return ("memory", string.Create(CultureInfo.InvariantCulture, $"{Machine.MemoryGiB:0.#} GiB"));
        yield return ("system", Machine.System);
        yield return ("runtime", $"{Machine.Runtime}, garbage collector: {Machine.GarbageCollector}");
        yield return ("Python", Python is null ? Python.Missing + " Later chapters compare with it." : $"{Python.Version} ({Path.GetFileName(Python.Path)})");
        if (Machine.Cores == 1)
        {
            yield return ("note", "one core only: computing in parallel cannot be faster here, and claims about it are not expected to hold");
        }
    }

    /// <summary>The card as a Markdown table.</summary>
    public string ToMarkdown() => MarkdownText.Table(["this machine", ""], Rows().Select(row => (string[])[MarkdownText.Bold(row.Name), MarkdownText.Escape(row.Value)]));

    /// <summary>The card as lines of text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Rows().Select(row => $"{row.Name,-8} {row.Value}"));
}
