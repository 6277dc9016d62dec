using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Tests.Session;

/// <summary>Every cell of every chapter, compiled after those before it and not run: what a chapter uses of the library is there.</summary>
public sealed class ChapterCompilationTests
{
    private static readonly string Notebooks = Path.Combine(Jupyter.Jupyter.Root, "notebooks");

    public static TheoryData<string> Chapters => [.. Directory.EnumerateFiles(Notebooks, "*.ipynb").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Chapters))]
    public async Task Every_cell_compiles(string chapter)
    {
        var chain = new SubmissionChain();
        var references = new CellReferences(chain);
        var number = 0;
        var notebook = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Notebooks, chapter), TestContext.Current.CancellationToken))!;
        foreach (var cell in notebook["cells"]!.AsArray().Where(cell => cell!["cell_type"]!.GetValue<string>() == "code"))
        {
            number++;
            foreach (var part in CellParser.Parse(string.Concat(cell!["source"]!.AsArray().Select(line => line!.GetValue<string>()))).OfType<CSharpPart>())
            {
                references.Add(part.References, Notebooks, TestContext.Current.CancellationToken);
                var submission = Compile(chain, part.Source, number);
                Assert.Empty(submission.Warnings);
                // Later cells see its names, and nothing of it happens.
                await chain.Start(submission with { Start = _ => Task.FromResult<object?>(null) });
            }
        }

        Assert.InRange(number, 5, 100);
    }

    private static Submission Compile(SubmissionChain chain, string source, int cell)
    {
        try
        {
            return chain.Compile(source, cell, $"cell {cell}", TestContext.Current.CancellationToken);
        }
        catch (CompilationFailedException failed)
        {
            Assert.Fail($"cell {cell}: {failed.Message}");
            throw;
        }
    }
}
