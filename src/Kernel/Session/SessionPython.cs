using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.LivePython;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>The Python of a session. Nothing of it is loaded before something needs it.</summary>
internal sealed class SessionPython(string folder) : IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _cells;
    private CellOutputs? _latest;

    private PythonCells Cells
    {
        get
        {
            lock (_gate)
            {
                // What goes on after its cell prints below the latest one.
                return (PythonCells)(_cells ??= new PythonCells(folder, (text, isError) => Volatile.Read(ref _latest)?.Write(text, isError)));
            }
        }
    }

    /// <summary>Runs Python of a cell.</summary>
    /// <returns>Null when it ran to its end.</returns>
    public ErrorOutput? Run(CellExecution run, PythonPart part)
    {
        Volatile.Write(ref _latest, run.Console.Outputs);
        var failure = Cells.Run(part.Source, run.Cell.Number, part.Interpreter, FrontEndOf(run.Console, run.Console.ReadLine), run.Interrupt);
        return failure is null ? null : new ErrorOutput(failure.Name, failure.Message, failure.Traceback, run.FileName is null ? failure.Line : null);
    }

    /// <summary>Answers the library, by the convention "Notebook.Python" (see docs/python.md).</summary>
    public Task<string> AskAsync(CellConsole console, string request, CancellationToken cancel) =>
        Cells.AskAsync(request, FrontEndOf(console, static (_, _) => throw new InvalidOperationException("Only a running Python cell can ask.")), cancel);

    /// <summary>A Python variable as the C# value that a cell expects, and how C# writes its type.</summary>
    /// <exception cref="CellSyntaxException">There is none, or it cannot cross.</exception>
    public (object? Value, string Type) Get(CellExecution run, SharePart share) =>
        SharedValue.ToClr(share.From is null ? Literal(share.Source) : Ask(run, share.Line, new() { ["request"] = "get", ["name"] = share.Source })["value"]);

    /// <summary>Gives a value to a Python variable.</summary>
    /// <exception cref="CellSyntaxException">It cannot cross.</exception>
    public void Set(CellExecution run, SharePart share, object? value)
    {
        try
        {
            var json = share.From is null ? Literal(share.Source) : SharedValue.ToJson(share.Source, value);
            Ask(run, share.Line, new() { ["request"] = "set", ["name"] = share.Name, ["value"] = json });
        }
        catch (NotSupportedException cannot)
        {
            throw new CellSyntaxException(cannot.Message, share.Line);
        }
    }

    /// <summary>A question about a name that is being typed; null when no interpreter lives, or it is busy.</summary>
    public JsonObject? AskIdle(JsonObject question)
    {
        lock (_gate)
        {
            if (_cells is null) return null;
        }

        return Cells.AskIdle(question);
    }

    public void Dispose() => _cells?.Dispose();

    private JsonObject Ask(CellExecution run, int line, JsonObject request)
    {
        var reply = Cells.Ask(request.ToJsonString(), FrontEndOf(run.Console, run.Console.ReadLine), run.Interrupt);
        if (reply["missing"] is { } missing) throw new CellSyntaxException((string)missing!, line) { Name = PythonFailure.Missing };
        return reply["error"] is { } why ? throw new CellSyntaxException((string)why!, line) : reply;
    }

    private static JsonNode? Literal(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonNode.Parse(JsonSerializer.Serialize(text));
        }
    }

    private static PythonFrontEnd FrontEndOf(CellConsole console, Func<string, bool, string> ask) => new(
        (text, isError) => console.Outputs.Write(text, isError),
        (data, isResult) => console.Outputs.Add(new DisplayOutput(data, isResult)),
        ask);
}
