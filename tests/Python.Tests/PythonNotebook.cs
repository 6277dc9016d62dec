using System.Text;
using System.Text.Json.Nodes;
using ConcurrencyLab.LivePython;

namespace ConcurrencyLab.Tests;

/// <summary>A notebook of Python cells in a folder of its own, and what they showed.</summary>
public sealed class PythonNotebook : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly StringBuilder _background = new();
    private readonly Lazy<PythonCells> _cells;
    private int _number;

    public PythonNotebook(string? interpreter = null)
    {
        Interpreter = interpreter;
        Folder = Directory.CreateTempSubdirectory("python-notebook").FullName;
        _cells = new(() => new PythonCells(Folder, (text, _) => { lock (_background) _background.Append(text); }));
    }

    public string Folder { get; }

    public string? Interpreter { get; init; }

    public PythonCells Cells => _cells.Value;

    /// <summary>What was printed while no cell ran.</summary>
    public string Background
    {
        get
        {
            lock (_background) return _background.ToString();
        }
    }

    /// <summary>Runs the next cell.</summary>
    /// <param name="code">Its text.</param>
    /// <param name="answers">What the person in front of it answers; with none, nobody is there.</param>
    /// <param name="interruptAt">Text at whose appearance the stop button is pressed.</param>
    public PythonCell Run(string code, string[]? answers = null, string? interruptAt = null)
    {
        using var interrupt = new CancellationTokenSource();
        // No test waits without a limit: an interpreter that does not answer is ended.
        interrupt.CancelAfter(Limit);
        var cell = new PythonCell();
        var waiting = new Queue<string>(answers ?? []);
        cell.Failure = Cells.Run(code, ++_number, Interpreter, new PythonFrontEnd(
            (text, isError) =>
            {
                (isError ? cell.Errors : cell.Out).Append(text);
                if (interruptAt is not null && text.Contains(interruptAt, StringComparison.Ordinal)) interrupt.Cancel();
            },
            (data, isResult) => cell.Shown.Add((data, isResult)),
            (prompt, isSecret) =>
            {
                cell.Questions.Add((prompt, isSecret));
                return waiting.TryDequeue(out var answer) ? answer : throw new InvalidOperationException("nobody is there");
            }), interrupt.Token);
        return cell;
    }

    /// <summary>Runs a cell that must not fail and gives the text of its last expression.</summary>
    public string? Value(string code)
    {
        var cell = Run(code);
        Assert.True(cell.Failure is null, cell.Failure is null ? "" : string.Join('\n', cell.Failure.Traceback) + cell.Errors);
        return cell.Value;
    }

    /// <summary>Runs a cell that must fail.</summary>
    public PythonFailure Fail(string code, string? interruptAt = null)
    {
        var cell = Run(code, interruptAt: interruptAt);
        Assert.NotNull(cell.Failure);
        return cell.Failure;
    }

    /// <summary>Asks as code in another language does.</summary>
    public JsonObject Ask(string request)
    {
        using var limit = new CancellationTokenSource(Limit);
        return Cells.Ask(request, new PythonFrontEnd((_, _) => { }, (_, _) => { }, (_, _) => throw new InvalidOperationException("nobody")), limit.Token);
    }

    public void Dispose()
    {
        if (_cells.IsValueCreated) _cells.Value.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What became of a cell.</summary>
public sealed class PythonCell
{
    public PythonFailure? Failure { get; set; }

    public StringBuilder Out { get; } = new();

    public StringBuilder Errors { get; } = new();

    public List<(JsonObject Data, bool IsResult)> Shown { get; } = [];

    public List<(string Prompt, bool IsSecret)> Questions { get; } = [];

    /// <summary>The text of the last expression; null when it had none.</summary>
    public string? Value => Shown.Where(shown => shown.IsResult).Select(shown => (string?)shown.Data["text/plain"]).SingleOrDefault();
}
