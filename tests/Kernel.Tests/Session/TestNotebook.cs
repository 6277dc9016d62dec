using System.Collections.Concurrent;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Tests.Session;

/// <summary>A session in a folder of its own, and what its cells showed.</summary>
public sealed class TestNotebook : IAsyncDisposable
{
    private readonly CSharpSession _session;
    private int _number;

    public TestNotebook(Func<SessionOptions, SessionOptions>? configure = null)
    {
        Folder = Directory.CreateTempSubdirectory("notebook").FullName;
        var options = new SessionOptions { WorkingFolder = Folder };
        _session = new CSharpSession(configure?.Invoke(options) ?? options);
    }

    /// <summary>The notebook's folder.</summary>
    public string Folder { get; }

    /// <summary>The cells so far, as questions about the next one see them.</summary>
    internal SubmissionChain Chain => _session.Chain;

    /// <summary>Asks the Python of the cells so far, as somebody who types does.</summary>
    public System.Text.Json.Nodes.JsonObject? AskPython(System.Text.Json.Nodes.JsonObject question) => _session.Python.AskIdle(question);

    /// <summary>Runs the next cell.</summary>
    public async Task<ShownCell> Run(string source, Action<CellOutput>? onOutput = null, string? language = null, CancellationToken interrupt = default)
    {
        var outputs = new ConcurrentQueue<CellOutput>();
        var result = await _session.ExecuteAsync(
            new Cell(source, ++_number) { Language = language },
            output =>
            {
                outputs.Enqueue(output);
                onOutput?.Invoke(output);
            },
            interrupt);
        // As a kernel does between two cells.
        _session.PrepareNext();
        return new ShownCell(result, outputs);
    }

    /// <summary>Runs a cell that must not fail.</summary>
    public async Task<ShownCell> Succeed(string source)
    {
        var cell = await Run(source);
        Assert.True(cell.Result.Succeeded, cell.Result.Error is { } error ? string.Join('\n', error.Traceback) : "");
        return cell;
    }

    /// <summary>Runs a cell that must fail.</summary>
    public async Task<ErrorOutput> Fail(string source)
    {
        var cell = await Run(source);
        Assert.NotNull(cell.Result.Error);
        Assert.Same(cell.Result.Error, cell.Outputs[^1]);
        Assert.Single(cell.Outputs.OfType<ErrorOutput>());
        return cell.Result.Error;
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What became of a cell.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Shown">Its outputs; grows while threads that it started go on writing.</param>
public sealed record ShownCell(CellResult Result, ConcurrentQueue<CellOutput> Shown)
{
    public IReadOnlyList<CellOutput> Outputs => [.. Shown];

    public string StandardOutput => string.Concat(Outputs.OfType<StreamOutput>().Where(text => !text.IsError).Select(text => text.Text));

    public string StandardError => string.Concat(Outputs.OfType<StreamOutput>().Where(text => text.IsError).Select(text => text.Text));

    public DisplayOutput Value => Outputs.OfType<DisplayOutput>().Single(output => output.IsResult);

    public string PlainValue => (string?)Value.Data["text/plain"] ?? "";
}
