using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>The chapters as nbconvert runs them, one by one.</summary>
public sealed class ChapterTests : IDisposable
{
    private static readonly string Notebooks = Path.Combine(Jupyter.Root, "notebooks");
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private readonly string _folder = Directory.CreateTempSubdirectory("jupyter").FullName;

    public static TheoryData<string> Chapters => [.. Directory.EnumerateFiles(Notebooks, "*.ipynb").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [AllTierTheory, MemberData(nameof(Chapters))]
    public async Task Nbconvert_executes_every_cell_and_the_charts_come_as_pictures(string chapter)
    {
        // nbconvert runs the kernel in the notebook's own folder, where the chapter's relative #r leads to the library.
        await Jupyter.Python(
            "nbconvert", _folder, "-m", "nbconvert", "--to", "notebook", "--execute", "--ExecutePreprocessor.kernel_name=" + Jupyter.KernelName,
            "--ExecutePreprocessor.timeout=120", "--output-dir=" + _folder, "--output=executed.ipynb", Path.Combine(Notebooks, chapter));

        var executed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_folder, "executed.ipynb"), TestContext.Current.CancellationToken))!;
        var cells = executed["cells"]!.AsArray().Where(cell => (string?)cell!["cell_type"] == "code").ToArray();
        Assert.All(cells, cell => Assert.NotNull((int?)cell!["execution_count"]));
        var outputs = cells.SelectMany(cell => cell!["outputs"]!.AsArray()).ToArray();
        Assert.DoesNotContain(outputs, output => (string?)output!["output_type"] == "error");
        var pictures = outputs.Select(output => (string?)output!["data"]?["image/png"]).OfType<string>().ToArray();
        Assert.NotEmpty(pictures);
        Assert.All(pictures, picture => Assert.Equal(PngSignature, Convert.FromBase64String(picture).Take(PngSignature.Length)));
    }
}
