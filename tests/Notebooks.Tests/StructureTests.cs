using System.Text.RegularExpressions;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Tests;

/// <summary>What every chapter keeps to, so that it opens and runs in every host.</summary>
public partial class StructureTests
{
    private const int LongestFirstCell = 6;
    private const int LongestCell = 20;

    // What an editor shows beside a file list in a window of 1,400 CSS pixels.
    private const int LongestLine = 118;
    private static readonly string[] PortableMagics = ["time", "markdown", "html", "mermaid", "import", "python", "csharp"];

    public static TheoryData<string> Names => Chapters.Names;

    [Fact]
    public void There_are_chapters() => Assert.NotEmpty(Names);

    [Theory, MemberData(nameof(Names))]
    public void Its_saved_outputs_are_true(string name)
    {
        var fault = SavedNotebook.Fault(Chapters.Read(name));

        Assert.True(fault is null, $"{name} {fault}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_host_finds_a_kernel_for_it(string name)
    {
        var kernel = Chapters.Read(name).Metadata["kernelspec"]!;

        Assert.Equal((".net-csharp", "C#"), (kernel["name"]!.ToString(), kernel["language"]!.ToString()));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_cell_has_an_id_of_its_own(string name)
    {
        var ids = Chapters.Read(name).Cells.Select(cell => cell.Id).ToArray();

        Assert.All(ids, id => Assert.Matches("^[a-zA-Z0-9_-]{1,64}$", id ?? ""));
        Assert.Equal(ids.Distinct(), ids);
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_cells_are_short(string name)
    {
        var cells = Chapters.Read(name).CodeCells.ToArray();

        Assert.InRange(Lines(cells[0]), 1, LongestFirstCell);
        Assert.All(cells, cell => Assert.True(Lines(cell) <= LongestCell, $"cell {cell.Number} has {Lines(cell)} lines"));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_line_of_code_needs_scrolling_sideways(string name) =>
        Assert.All(Chapters.Read(name).CodeCells.SelectMany(cell => cell.Source.Split('\n').Select(line => (cell.Number, Line: line))),
            code => Assert.True(code.Line.Length <= LongestLine, $"cell {code.Number}, {code.Line.Length} letters: {code.Line}"));

    /// <summary>A chapter about the tester names its library, too: one line to load it, one to use it.</summary>
    [Theory, MemberData(nameof(Names))]
    public void It_begins_as_every_chapter_does(string name) =>
        Assert.Equal(Beginning(Chapters.Read(Names.First().Data)), Beginning(Chapters.Read(name)).Where(line => !line.Contains(".Interleavings", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Names))]
    public void It_keeps_to_what_every_kernel_knows(string name)
    {
        foreach (var cell in Chapters.Read(name).CodeCells)
        {
            Assert.All(Magic().Matches(cell.Source), magic => Assert.Contains(magic.Groups["name"].Value, PortableMagics));
            Assert.All(Reference().Matches(cell.Source), reference => Assert.Matches(@"^(nuget: [\w.-]+, \d[\w.+-]*|\.\./artifacts/lab/[\w.-]+\.dll)$", reference.Groups["what"].Value));
            // Scripts have no extension blocks (CS9283) in any kernel.
            Assert.DoesNotMatch(@"^\s*extension\s*[(<]", cell.Source);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void It_names_no_path_of_the_machine_it_was_written_on(string name) =>
        Assert.DoesNotMatch(@"(?<![\w.:/])/(home|root|work|tmp|usr|var|mnt|Users)/|[A-Za-z]:\\\\", File.ReadAllText(Chapters.Read(name).Path));

    [Theory, MemberData(nameof(Names))]
    public void Its_links_to_other_chapters_lead_somewhere(string name)
    {
        var links = Chapters.Read(name).Cells.Where(cell => cell.Kind == "markdown").SelectMany(cell => Link().Matches(cell.Source)).Select(link => link.Groups["target"].Value).ToArray();

        Assert.All(links, link => Assert.True(File.Exists(Path.Combine(Paths.Notebooks, link)), link));
        if (Names.Count > 1) Assert.NotEmpty(links);
    }

    private static IEnumerable<string> Beginning(Notebook chapter) => chapter.CodeCells.First().Source.Split('\n').Where(line => line.Length > 0);

    private static int Lines(NotebookCell cell) => cell.Source.TrimEnd('\n').Split('\n').Length;

    [GeneratedRegex(@"^#!(?<name>\S*)", RegexOptions.Multiline)]
    private static partial Regex Magic();

    [GeneratedRegex(@"^#r\s+""(?<what>[^""]*)""", RegexOptions.Multiline)]
    private static partial Regex Reference();

    [GeneratedRegex(@"\]\((?<target>[^)#:]+\.ipynb)(#[^)]*)?\)")]
    private static partial Regex Link();
}
