using System.Text.Json;
using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>Our kernel beside IPython's, asked by Jupyter's own client.</summary>
internal static class KernelBesideIPython
{
    private const string Name = "lab-benchmark";

    private static readonly (string Row, string Unit, Aim? Aim)[] Rows =
    [
        ("start to first 1+1", Units.Milliseconds, Aim.AtMost(1)),
        ("cells 26 to 75", Units.Milliseconds, Aim.AtMost(1)),
        ("last 50 cells", Units.Milliseconds, null),
        ("kernel_info", Units.Milliseconds, null),
        ("an empty cell", Units.Milliseconds, null),
        ("start to first Python cell", Units.Milliseconds, null),
        ("first Python cell", Units.Milliseconds, null),
        ("a Python cell", Units.Milliseconds, Aim.AtMost(1)),
        ("resident after 1+1", Units.Megabytes, null),
        ("growth a cell", Units.Megabytes, null),
    ];

    internal static async Task<Part> MeasureAsync()
    {
        const string Question = "our kernel beside IPython's";
        if (BenchmarkPeers.Jupyter.Path is not { } python)
        {
            return new Part("kernel", Question, [], [BenchmarkPeers.Jupyter.Line], []);
        }

        using var folder = new TemporaryFolder();
        await LabCommand.BuildAsync();
        LabCommand.Run("install", "--prefix", folder.Path, "--name", Name);
        var json = folder.File("kernels.json");
        var (code, said) = Tool.Say(python, [Repository.At("tests", "Benchmarks", "kernels.py"), Name, "7", "1000", json], TimeSpan.FromMinutes(10),
            start => start.Environment["JUPYTER_PATH"] = Path.Combine(folder.Path, "share", "jupyter"));
        if (code != 0)
        {
            throw new InvalidOperationException($"kernels.py: {said}");
        }

        var measured = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, double[]>>>(await File.ReadAllTextAsync(json))!;
        var (ours, theirs) = (measured["ours"], measured["IPython"]);
        var late = MedianInterval.Of(ours["last 50 cells"]).Median / MedianInterval.Of(ours["cells 26 to 75"]).Median;
        var jit = ours["the runtime's compiler, a cell"][0];
        var rest = MedianInterval.Of(ours["cells 26 to 75"]).Median - MedianInterval.Of(ours["an empty cell"]).Median - jit;
        return new Part("kernel", Question,
            [
                .. Rows.Select(row => new Finding(row.Row, row.Unit, MedianInterval.Of(ours[row.Row]), BenchmarkPeers.Jupyter.Version, MedianInterval.Of(theirs[row.Row]),
                    MedianInterval.Of([MedianInterval.Of(ours[row.Row]).Median / MedianInterval.Of(theirs[row.Row]).Median]), row.Aim)),
                Finding.Alone("of a cell beyond an empty one: the runtime's compiler", Units.Milliseconds, [jit]),
                Finding.Alone("of a cell beyond an empty one: the C# compiler, loading and the rest", Units.Milliseconds, [rest]),
                Finding.Alone("resident after 1+1, our own aim", Units.Megabytes, ours["resident after 1+1"], Aim.AtMost(130)),
                Finding.Alone("growth a cell, our own aim", Units.Megabytes, ours["growth a cell"], Aim.AtMost(0.1)),
                Finding.Alone("cells 951 to 1,000 over cells 26 to 75", Units.Times, [late], Aim.AtMost(1.5)),
                Finding.Alone("first chart, from a chapter's first two cells", Units.Milliseconds, ours["first chart"], Aim.AtMost(1500)),
                Finding.Alone("the same cell again", Units.Milliseconds, ours["the same cell again"]),
            ],
            ["Starts and cells of the two take turns: 1,000 cells in one kernel each.",
             "An empty cell is answered without a compiler. IPython interprets a cell; here it is compiled twice, to IL and to machine code, in full since cells are measured."], []);
    }
}
