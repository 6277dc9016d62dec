using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.LivePython;

/// <summary>The Python of one notebook: starts an interpreter when a cell first needs one, and another where one was lost.</summary>
/// <param name="folder">The notebook's.</param>
/// <param name="background">Receives what is printed while no cell runs: text, and whether it is an error.</param>
public sealed class PythonCells(string folder, Action<string, bool> background) : IDisposable
{
    private const string Unheard = "Python did not hear the interrupt within a second and was ended";
    private static readonly TimeSpan InterruptTimeout = TimeSpan.FromSeconds(1), QuestionTimeout = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, PythonInterpreter> _live = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private PythonInterpreter? _latest;
    private int _requests;

    /// <summary>Whether a cell has needed an interpreter so far, and it lives.</summary>
    public bool IsLive => _latest is { IsAlive: true };

    /// <summary>Runs a cell to its end.</summary>
    /// <param name="code">Its text; line numbers are those of this text.</param>
    /// <param name="cell">Its number, by which tracebacks call it.</param>
    /// <param name="interpreter">A program's name or path; null for the notebook's own.</param>
    /// <param name="frontEnd">Where its outputs and questions go.</param>
    /// <param name="interrupt">Raises KeyboardInterrupt in it; an interpreter that does not hear that within a second is ended.</param>
    /// <returns>Null when the cell ran to its end.</returns>
    public PythonFailure? Run(string code, int cell, string? interpreter, PythonFrontEnd frontEnd, CancellationToken interrupt)
    {
        try
        {
            var done = Exchange(new() { ["request"] = "run", ["cell"] = cell, ["code"] = code }, interpreter, frontEnd, interrupt);
            return done["failure"] is not JsonObject failure ? null : new PythonFailure(
                (string)failure["name"]!, (string)failure["message"]!, [.. failure["traceback"]!.AsArray().Select(line => (string)line!)], (int?)failure["line"]);
        }
        catch (PythonMissingException missing)
        {
            return new PythonFailure(PythonFailure.Missing, missing.Message, [missing.Message], null);
        }
        catch (PythonEndedException ended)
        {
            return new PythonFailure("PythonEnded", ended.Message, [ended.Message], null);
        }
    }

    /// <summary>Answers a request of code in another language, both JSON: a call to be measured, a variable to get or set.</summary>
    /// <param name="request">As docs/python.md has it.</param>
    /// <param name="frontEnd">Where what it prints goes.</param>
    /// <param name="cancel">As the interrupt of a cell.</param>
    public Task<string> AskAsync(string request, PythonFrontEnd frontEnd, CancellationToken cancel) =>
        Task.Factory.StartNew(() => Ask(request, frontEnd, cancel).ToJsonString(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="AskAsync"/>
    public JsonObject Ask(string request, PythonFrontEnd frontEnd, CancellationToken cancel)
    {
        try
        {
            var asked = JsonNode.Parse(request)!.AsObject();
            var interpreter = (string?)asked["interpreter"];
            asked.Remove("interpreter");
            var reply = Exchange(asked, interpreter, frontEnd, cancel);
            if (!reply.Remove("unknown") || interpreter is null) return reply;
            // Cells have told the notebook's own interpreter of their functions, which hands one over.
            var sent = Exchange(new() { ["request"] = "send", ["function"] = (string?)asked["function"] }, null, frontEnd, cancel);
            if (sent.Count == 0) return reply;
            asked["sent"] = sent.DeepClone();
            return Exchange(asked, interpreter, frontEnd, cancel);
        }
        catch (PythonMissingException missing)
        {
            return new() { ["missing"] = missing.Message };
        }
        catch (Exception wrong) when (wrong is PythonEndedException or JsonException or InvalidOperationException)
        {
            return new() { ["error"] = wrong.Message };
        }
    }

    /// <summary>Asks about a name that somebody is typing, where an interpreter lives and nothing runs in it.</summary>
    /// <returns>Null when there is no answer, or none soon.</returns>
    public JsonObject? AskIdle(JsonObject question)
    {
        if (!_turn.Wait(0)) return null;
        try
        {
            if (_latest is not { IsAlive: true } live) return null;
            var number = Send(live, question);
            for (var tries = 0; tries < 2; tries++)
            {
                while (live.TryNext(out var message, QuestionTimeout))
                {
                    if (message["done"] is JsonObject done && (int?)message["number"] == number) return done;
                }

                live.Send("interrupt");
            }

            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends all interpreters and everything that they have started.</summary>
    public void Dispose()
    {
        foreach (var live in _live.Values) live.Dispose();
        _live.Clear();
    }

    private JsonObject Exchange(JsonObject request, string? interpreter, PythonFrontEnd frontEnd, CancellationToken interrupt)
    {
        _turn.Wait(interrupt);
        PythonInterpreter? live = null;
        try
        {
            live = _latest = Find(interpreter);
            live.IsAsked = true;
            return Converse(live, Send(live, request), frontEnd, interrupt);
        }
        finally
        {
            live?.IsAsked = false;
            _turn.Release();
        }
    }

    private int Send(PythonInterpreter live, JsonObject request)
    {
        request["number"] = ++_requests;
        live.Send(request.ToJsonString());
        return _requests;
    }

    private static JsonObject Converse(PythonInterpreter live, int number, PythonFrontEnd frontEnd, CancellationToken interrupt)
    {
        var (asksToEnd, wasEnded) = (false, false);
        while (true)
        {
            JsonObject message;
            try
            {
                if (!live.TryNext(out message, asksToEnd ? InterruptTimeout : Timeout.InfiniteTimeSpan, asksToEnd ? default : interrupt))
                {
                    if (!live.IsAlive) throw new PythonEndedException(wasEnded ? Unheard : "The process that watches over Python was ended, and Python with it");
                    // Not heard, not even by the one that ends it: nothing is waited for any longer.
                    if (wasEnded) live.Dispose();
                    live.Send("end");
                    wasEnded = true;
                    continue;
                }

                if (message["input"] is { } prompt) live.Send(Answer((string)prompt!, (bool)message["secret"]!).ToJsonString());
            }
            catch (OperationCanceledException) when (interrupt.IsCancellationRequested)
            {
                live.Send("interrupt");
                asksToEnd = true;
                continue;
            }

            if (message["done"] is JsonObject done && (int?)message["number"] == number) return done;
            if (message["ended"] is { } status) throw new PythonEndedException(wasEnded ? Unheard : WordsFor((int)status));
            frontEnd.Take(message);
        }

        JsonObject Answer(string prompt, bool isSecret)
        {
            try
            {
                return new() { ["answer"] = frontEnd.Ask(prompt, isSecret) };
            }
            catch (InvalidOperationException nobody)
            {
                return new() { ["refusal"] = nobody.Message };
            }
        }
    }

    private static string WordsFor(int status) => status < 0 ? $"Python was ended by signal {-status}" : $"Python ended itself with exit code {status}";

    private PythonInterpreter Find(string? name)
    {
        List<string> refusals = [];
        var candidates = PythonChoice.Candidates(name, folder).ToList();
        foreach (var program in candidates)
        {
            if (_live.TryGetValue(program, out var known))
            {
                if (known.IsAlive) return known;
                known.Dispose();
                _live.Remove(program);
            }

            if (PythonInterpreter.Start(program, folder, message => background((string)message["text"]!, (string?)message["stream"] == "stderr")) is not { } started) refusals.Add($"{program} cannot be started");
            else if (started.Hello is not null) return _live[program] = started;
            else refusals.Add($"{program} {started.Refusal}");
        }

        throw new PythonMissingException(PythonChoice.Missing(name, refusals, folder));
    }
}

/// <summary>Why a Python cell failed.</summary>
/// <param name="Name">The exception's type; <c>PythonEnded</c> when the interpreter is gone, <c>PythonMissing</c> when there is none.</param>
/// <param name="Message">One line.</param>
/// <param name="Traceback">Lines ready to print.</param>
/// <param name="Line">1-based line in the cell; null when there is none.</param>
public sealed record PythonFailure(string Name, string Message, IReadOnlyList<string> Traceback, int? Line)
{
    /// <summary>The name where there is no interpreter.</summary>
    public const string Missing = "PythonMissing";
}

/// <summary>Where a cell's outputs and questions go; called on the thread that runs it.</summary>
/// <param name="Print">Text, and whether it is an error.</param>
/// <param name="Show">MIME type to content, and whether it is the value of the last expression.</param>
/// <param name="Ask">The answer to a question, which may be a secret. Throws <see cref="InvalidOperationException"/> when nobody can be asked.</param>
public sealed record PythonFrontEnd(Action<string, bool> Print, Action<JsonObject, bool> Show, Func<string, bool, string> Ask)
{
    internal void Take(JsonObject message)
    {
        if (message["stream"] is { } stream) Print((string)message["text"]!, (string?)stream == "stderr");
        else if (message["note"] is { } note) Print((string)note!, true);
        else if (message["show"] is JsonObject data) Show((JsonObject)data.DeepClone(), (bool?)message["result"] ?? false);
    }
}

/// <summary>The interpreter is gone, and the variables of its cells with it.</summary>
internal sealed class PythonEndedException(string what) : Exception($"{what}; its variables are gone. The next Python cell starts a new one.");

/// <summary>There is no interpreter to run a cell with.</summary>
internal sealed class PythonMissingException(string message) : Exception(message);
