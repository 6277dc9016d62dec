using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Tests;

/// <summary>The Python that chapters show is the Python that they run, and they run where there is none.</summary>
public partial class PythonBesideCSharpTests
{
    private static readonly string Scripts = Path.Combine(Paths.Notebooks, "python");

    public static TheoryData<string> Names => Chapters.Names;

    [Theory, MemberData(nameof(Names))]
    public void Python_shown_is_word_for_word_that_of_the_script_named_above_it(string name)
    {
        foreach (var cell in Chapters.Read(name).Cells.Where(cell => cell.Kind == "markdown"))
        {
            foreach (Match block in PythonBlock().Matches(cell.Source))
            {
                var scripts = ScriptLink().Matches(cell.Source).Select(link => File.ReadAllText(Path.Combine(Scripts, link.Groups["file"].Value)));
                Assert.True(scripts.Any(script => script.ReplaceLineEndings("\n").Contains(block.Groups["code"].Value, StringComparison.Ordinal)),
                    $"cell {cell.Id}: these lines are in no script that the cell links to:\n{block.Groups["code"].Value}");
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_script_it_names_is_there(string name)
    {
        var named = Chapters.Read(name).Cells.SelectMany(cell => ScriptName().Matches(cell.Source)).Select(match => match.Groups["file"].Value).Distinct();

        Assert.All(named, script => Assert.True(File.Exists(Path.Combine(Scripts, script)), script));
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_function_it_measures_is_one_of_a_python_cell_before(string name)
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cell in Chapters.Read(name).CodeCells)
        {
            if (IsPython(cell)) defined.UnionWith(Definition().Matches(cell.Source).Select(match => match.Groups["name"].Value));
            Assert.All(Measured(cell), function => Assert.True(defined.Contains(function) || function.Contains('.', StringComparison.Ordinal), $"cell {cell.Id}: no Python cell before it defines {function}"));
        }
    }

    [Fact]
    public void No_two_chapters_measure_functions_of_the_same_name()
    {
        // Under their names lie the figures that readers without a Python see.
        var measured = Names.SelectMany(row => Chapters.Read(row.Data).CodeCells.SelectMany(Measured).Distinct().Select(function => (function, Chapter: row.Data)));

        Assert.All(measured.GroupBy(one => one.function), same => Assert.True(same.Count() == 1, $"{same.Key} is measured in {string.Join(" and ", same.Select(one => one.Chapter))}"));
    }

    [Fact]
    public void Every_script_and_cell_uses_the_standard_library_only()
    {
        // What the interpreter itself brings, by name; anything else would need an installation.
        var modules = Directory.EnumerateFiles(Scripts, "*.py").Select(Path.GetFileNameWithoutExtension).ToHashSet();
        string[] standard = ["argparse", "array", "asyncio", "collections", "concurrent", "contextlib", "ctypes", "functools", "gc", "hashlib", "http", "inspect", "io", "itertools", "json", "math",
            "mmap", "multiprocessing", "os", "queue", "random", "re", "resource", "selectors", "signal", "socket", "sqlite3", "statistics", "struct", "subprocess", "sys", "sysconfig", "tempfile", "threading", "time", "urllib", "zlib"];
        modules.UnionWith(["measured", "judges"]);
        var scripts = Directory.EnumerateFiles(Scripts, "*.py", SearchOption.AllDirectories).Select(script => (Name: Path.GetFileName(script), Text: File.ReadAllText(script)));
        var cells = Names.SelectMany(row => Chapters.Read(row.Data).CodeCells.Where(IsPython).Select(cell => (Name: $"{row.Data}, cell {cell.Id},", Text: cell.Source)));
        foreach (var (name, text) in scripts.Concat(cells))
        {
            var imported = Import().Matches(text).Select(match => match.Groups["module"].Value);
            Assert.All(imported, module => Assert.True(modules.Contains(module) || standard.Contains(module), $"{name} imports {module}"));
        }
    }

    [Fact]
    public async Task Without_a_Python_the_saved_figures_are_shown_and_marked()
    {
        // Whatever was saved last stands for itself: the chapter names the same work.
        var saved = Path.Combine(Scripts, "saved", "four_primes_in_turn.json");
        Assert.True(File.Exists(saved), "Save the book with a Python: dotnet run --project src/Lab -c Release -- run --all --save");
        var chapter = Chapters.Read("09-the-gil");
        // Figures of a function stand for it in its own notebook only: a kernel runs in that one's folder.
        Directory.SetCurrentDirectory(Paths.Notebooks);
        Environment.SetEnvironmentVariable("CONCURRENCYLAB_PYTHON", Path.Combine(Paths.Notebooks, "no-such-python"));
        try
        {
            await using var session = new CSharpSession(new SessionOptions { WorkingFolder = Paths.Notebooks });
            var shown = new List<CellOutput>();
            foreach (var cell in chapter.CodeCells.Where(cell => cell.Id is "start" or "compute-code"))
            {
                var result = await session.ExecuteAsync(new Cell(cell.Source, cell.Number), shown.Add, TestContext.Current.CancellationToken);
                Assert.True(result.Succeeded, result.Error?.Message);
            }

            var words = string.Join('\n', shown.OfType<DisplayOutput>().Select(output => output.Data["text/plain"]!.ToString()));
            Assert.Contains("no-such-python, which is no Python 3 that runs here", words, StringComparison.Ordinal);
            Assert.Matches(@"Python threads: [\d.]+ m?s · saved", words);
            Assert.Matches(@"saved: \d{4}-\d\d-\d\d, \d+ cores", words);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CONCURRENCYLAB_PYTHON", null);
        }
    }

    private static bool IsPython(NotebookCell cell) => cell.Source.StartsWith("#!python", StringComparison.Ordinal);

    private static IEnumerable<string> Measured(NotebookCell cell) =>
        Work().Matches(cell.Source).Select(match => match.Groups["work"].Value).Where(work => !work.EndsWith(".py", StringComparison.Ordinal));

    [GeneratedRegex(@"^(?:async )?def (?<name>\w+)\(", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?:\bRun\.Python\(\s*\$?""[^""]*"",\s*|\bPython\.Run<[^(]+>\(\s*)""(?<work>[^""]+)""")]
    private static partial Regex Work();

    [GeneratedRegex(@"```python\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex PythonBlock();

    [GeneratedRegex(@"\]\(python/(?<file>[\w.]+\.py)\)")]
    private static partial Regex ScriptLink();

    [GeneratedRegex(@"(?<![\w.])(?<file>[a-z]\w*\.py)\b")]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"^\s*(?:from|import) (?<module>\w+)", RegexOptions.Multiline)]
    private static partial Regex Import();
}
