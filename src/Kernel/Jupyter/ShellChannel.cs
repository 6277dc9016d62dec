using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>Answers the requests of the shell channel, one after the other.</summary>
internal sealed class ShellChannel(Channels channels, IEngine engine)
{
    private readonly History _history = new();
    private readonly Lock _gate = new();
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private CancellationTokenSource? _running;
    private Message? _request;
    private int _executionCount;

    /// <summary>Says something on the error stream of the cell that is running, or ran last; the same once a cell.</summary>
    public void Tell(string text)
    {
        lock (_gate)
        {
            if (!_told.Add(text)) return;
        }

        if (Volatile.Read(ref _request) is { } latest) channels.Publish(latest.Answer("stream", new() { ["name"] = "stderr", ["text"] = text }));
    }

    /// <summary>Stops the cell that is running; nothing happens when none is.</summary>
    public void Interrupt()
    {
        try
        {
            lock (_gate) _running?.Cancel();
        }
        catch (AggregateException thrown)
        {
            // By callbacks of the cell's own; all of them have run, and the cell is interrupted.
            Tell($"[a callback of the interrupt failed: {UserErrors.TypeName(thrown.InnerExceptions[0])}: {UserErrors.MessageOf(thrown.InnerExceptions[0])}]\n");
        }
    }

    /// <summary>Asks the person in front of the notebook, on behalf of the cell that is running.</summary>
    public Task<string> ReadInputAsync(InputRequest question, CancellationToken cancel)
    {
        var request = _request ?? throw new InvalidOperationException("No cell is running that could ask.");
        if (!request.Value("allow_stdin", otherwise: true))
            throw new InvalidOperationException("This cell asks for input, and the front end that runs it cannot ask anybody.");
        // Answers to a question that was interrupted must not answer the next one.
        while (channels.Stdin.TryTake(out _)) { }
        channels.AskOnStdin(request.Answer("input_request", new() { ["prompt"] = question.Prompt, ["password"] = question.IsPassword }));
        while (true)
        {
            var reply = channels.Stdin.Take(cancel);
            if (reply.Type == "input_reply") return Task.FromResult(reply.Text("value") ?? "");
        }
    }

    /// <summary>Serves one request.</summary>
    /// <returns>How many of the requests that wait behind it belong to the same run and are not to be executed after its error.</returns>
    public int Serve(Message request)
    {
        if (request.Type == "execute_request") return Execute(request);
        // This kernel understands no comm; saying so lets the front end get on.
        if (request.Type == "comm_open")
            channels.Publish(request.Answer("comm_close", new() { ["comm_id"] = request.Text("comm_id"), ["data"] = new JsonObject() }));
        JsonObject? content = request.Type switch
        {
            "kernel_info_request" => KernelInfo.Content(engine.Banner),
            "complete_request" => Complete(request),
            "inspect_request" => Inspect(request),
            "is_complete_request" => IsComplete(request.Text("code") ?? ""),
            "history_request" => new() { ["status"] = "ok", ["history"] = _history.Find(request) },
            "comm_info_request" => new() { ["status"] = "ok", ["comms"] = new JsonObject() },
            _ => null,
        };
        if (content is not null) channels.ReplyOnShell(request.Reply(content));
        return 0;
    }

    /// <summary>Answers a request that stood behind a cell that failed.</summary>
    public void Abort(Message request) =>
        channels.ReplyOnShell(request.Reply(new() { ["status"] = "aborted", ["execution_count"] = _executionCount }));

    private int Execute(Message request)
    {
        var code = request.Text("code") ?? "";
        var silent = request.Value("silent", otherwise: false);
        var stored = request.Value("store_history", otherwise: !silent) && !silent;
        if (stored) _history.Add(++_executionCount, code);
        var number = stored ? _executionCount : _executionCount + 1;
        if (!silent) channels.Publish(request.Answer("execute_input", new() { ["code"] = code, ["execution_count"] = number }));

        var publisher = new OutputPublisher(channels, request, number);
        using var interrupt = new CancellationTokenSource();
        lock (_gate)
        {
            _running = interrupt;
            _told.Clear();
        }

        Volatile.Write(ref _request, request);
        CellResult result;
        JsonObject expressions = [];
        try
        {
            result = engine.Execute(new Cell(code, number) { Language = CellLanguage.In(request.Metadata) }, output => { if (!silent || output is ErrorOutput) publisher.Show(output); }, interrupt.Token);
            if (result.Succeeded && request.Content["user_expressions"] is JsonObject asked)
            {
                foreach (var (name, expression) in asked) expressions[name] = Evaluate(expression?.ToString() ?? "", interrupt.Token);
            }
        }
        finally
        {
            lock (_gate) _running = null;
        }

        JsonObject content = result.Error is { } error
            ? OutputPublisher.Error(error)
            : new() { ["user_expressions"] = expressions, ["payload"] = new JsonArray() };
        content["status"] = result.Succeeded ? "ok" : "error";
        content["execution_count"] = number;
        // Counted before the answer leaves: what a front end sends once it knows of the error is meant to run.
        var behind = !result.Succeeded && request.Value("stop_on_error", otherwise: true) ? channels.Shell.Count : 0;
        channels.ReplyOnShell(request.Reply(content));
        return behind;
    }

    private JsonObject Evaluate(string expression, CancellationToken interrupt)
    {
        JsonObject data = [];
        var result = engine.Execute(
            new Cell(expression, _executionCount),
            output => { if (output is DisplayOutput { IsResult: true } value) data = (JsonObject)value.Data.DeepClone(); },
            interrupt);
        if (result.Error is null) return new() { ["status"] = "ok", ["data"] = data, ["metadata"] = new JsonObject() };
        var error = OutputPublisher.Error(result.Error);
        error["status"] = "error";
        return error;
    }

    private JsonObject Complete(Message request)
    {
        var code = request.Text("code") ?? "";
        var (start, end, items) = engine.Complete(code, CodePoints.ToIndex(code, request.Value("cursor_pos", int.MaxValue)));
        var (from, to) = (CodePoints.FromIndex(code, start), CodePoints.FromIndex(code, end));
        return new()
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = from,
            ["cursor_end"] = to,
            ["metadata"] = new JsonObject
            {
                ["_jupyter_types_experimental"] = new JsonArray([.. items.Select(item => (JsonNode)new JsonObject
                {
                    ["text"] = item.Text, ["type"] = item.Kind, ["signature"] = item.Signature, ["start"] = from, ["end"] = to,
                })]),
            },
        };
    }

    private JsonObject Inspect(Message request)
    {
        var code = request.Text("code") ?? "";
        var text = engine.Inspect(
            code, CodePoints.ToIndex(code, request.Value("cursor_pos", int.MaxValue)), withSource: request.Value("detail_level", 0) > 0);
        return new()
        {
            ["status"] = "ok",
            ["found"] = text is not null,
            ["data"] = text is null ? new JsonObject() : new JsonObject { ["text/plain"] = text },
            ["metadata"] = new JsonObject(),
        };
    }

    private JsonObject IsComplete(string code)
    {
        var status = engine.StatusOf(code);
        return status == "incomplete" ? new() { ["status"] = status, ["indent"] = "    " } : new() { ["status"] = status };
    }
}
