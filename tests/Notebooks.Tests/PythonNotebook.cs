using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>A notebook among the chapters, in whose cells tests write C# and Python.</summary>
public sealed class PythonNotebook : IAsyncLifetime
{
    private const string Plain = "text/plain";
    private readonly CSharpSession _session = new(new SessionOptions { WorkingFolder = Paths.Notebooks });
    private int _cells;

    /// <summary>Where there is no Python, tests of its cells are left out, saying so.</summary>
    public static void NeedsPython() =>
        Tier.Needs(Common.PythonPrograms.Candidates().Any(), "There is no Python 3: put a python3 on PATH, or name one in CONCURRENCYLAB_PYTHON.");

    public async ValueTask InitializeAsync() => await ShowAsync(Chapters.Read("05-threads").CodeCells.First().Source);

    public ValueTask DisposeAsync() => _session.DisposeAsync();

    /// <summary>The number that the next cell gets.</summary>
    internal int Next => _cells + 1;

    /// <summary>Runs a cell and gives what it shows last; null when it shows nothing.</summary>
    internal async Task<JsonNode?> ShowAsync(string source, string mimeType = Plain, CancellationToken cancel = default)
    {
        var outputs = new List<CellOutput>();
        var result = await RunAsync(source, outputs.Add, cancel);
        Assert.True(result.Succeeded, result.Error is null ? "" : string.Join('\n', result.Error.Traceback));
        return outputs.OfType<DisplayOutput>().LastOrDefault()?.Data[mimeType];
    }

    /// <summary>Runs a cell, whether it fails or not.</summary>
    internal Task<CellResult> RunAsync(string source, Action<CellOutput> show, CancellationToken cancel = default)
    {
        var number = Interlocked.Increment(ref _cells);
        return _session.ExecuteAsync(new Cell(source, number), show, cancel == default ? TestContext.Current.CancellationToken : cancel);
    }
}
