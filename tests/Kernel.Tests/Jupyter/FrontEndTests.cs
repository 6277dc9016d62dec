using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What readers do with the chapters, in the programs they do it in.</summary>
public sealed class FrontEndTests : IDisposable
{
    private static readonly string Notebooks = Path.Combine(Jupyter.Root, "notebooks");
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Nbconvert_executes_every_chapter()
    {
        // The runner runs all of them, in CI too.
        var chapters = DailyShare.Of(Directory.EnumerateFiles(Notebooks, "*.ipynb").Order(StringComparer.Ordinal), days: 13);
        var faults = new ConcurrentQueue<string>();
        // Three at a time: they wait more than they compute, and what they measure is not looked at here.
        await Parallel.ForEachAsync(
            chapters,
            new ParallelOptions { MaxDegreeOfParallelism = 3, CancellationToken = TestContext.Current.CancellationToken },
            async (chapter, cancel) =>
            {
                if (await FaultOf(chapter, cancel) is { } fault) faults.Enqueue($"{Path.GetFileName(chapter)}: {fault}");
            });

        Assert.NotEmpty(chapters);
        Assert.Empty(faults);
    }

    /// <summary>Has nbconvert execute a chapter; null when every cell ran and the charts came with their pictures.</summary>
    private async Task<string?> FaultOf(string chapter, CancellationToken cancel)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, Path.GetFileNameWithoutExtension(chapter))).FullName;
        try
        {
            // nbconvert runs the kernel in the notebook's own folder, where the chapter's relative #r leads to the library.
            await Jupyter.Python(
                folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=" + Jupyter.KernelName,
                "--ExecutePreprocessor.timeout=60", "--output-dir=" + folder, "--output=executed.ipynb", chapter);
        }
        catch (Xunit.Sdk.XunitException error)
        {
            return error.Message;
        }

        var executed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "executed.ipynb"), cancel))!;
        var cells = executed["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").ToArray();
        var outputs = cells.SelectMany(cell => cell!["outputs"]!.AsArray()).ToArray();
        var pictures = outputs.Select(output => (string?)output!["data"]?["image/png"]).OfType<string>().ToArray();
        return cells.Any(cell => (int?)cell!["execution_count"] is null) ? "a cell was not executed"
            : outputs.Any(output => (string?)output!["output_type"] == "error") ? "a cell failed"
            : pictures.Length == 0 ? "it has no picture"
            : pictures.All(picture => Convert.FromBase64String(picture).Take(PngSignature.Length).SequenceEqual(PngSignature)) ? null
            : "a picture is no PNG";
    }

    [Fact]
    public async Task Classic_notebook_runs_all_edits_interrupts_and_restarts()
    {
        var said = await Jupyter.Python(_folder, Path.Combine(Jupyter.Root, "tests", "Kernel.Tests", "Jupyter", "classic_notebook.py"), Jupyter.KernelName);
        Assert.Contains("OK", said, StringComparison.Ordinal);
    }
}
