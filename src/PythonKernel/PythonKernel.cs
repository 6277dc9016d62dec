using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.ValueSharing;

namespace ConcurrencyLab.LivePython;

/// <summary>Python as a language of .NET Interactive: the same interpreter beside the notebook as in the lab's kernel.</summary>
public sealed class PythonKernel : Kernel,
    IKernelCommandHandler<SubmitCode>, IKernelCommandHandler<SendValue>, IKernelCommandHandler<RequestValue>, IKernelCommandHandler<RequestValueInfos>,
    IKernelCommandHandler<RequestCompletions>, IKernelCommandHandler<RequestHoverText>
{
    /// <summary>The name of the language in .NET Interactive.</summary>
    public const string Language = "python";

    private const string Json = "application/json", InterpreterOption = "--interpreter";

    private readonly PythonCells _cells;
    private KernelCommand? _latest;
    private int _cellsSoFar;

    /// <summary>Starts nothing: the first cell does.</summary>
    /// <param name="folder">The notebook's; the working folder when left out.</param>
    public PythonKernel(string? folder = null) : base(Language)
    {
        KernelInfo.LanguageName = "Python";
        KernelInfo.DisplayName = "Python";
        this.UseValueSharing().UseWho();
        KernelSpecifierDirective.Parameters.Add(new KernelDirectiveParameter(InterpreterOption, "Which Python: a command or a path."));
        _cells = new PythonCells(folder ?? Environment.CurrentDirectory, (text, isError) =>
        {
            if (_latest is { } latest) PublishText(PublishEvent, latest, text, isError);
        });
        AppContext.SetData("Notebook.Python", (Func<string, CancellationToken, Task<string>>)AskAsync);
        RegisterForDisposal(_cells);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _cells.Dispose();
    }

    /// <summary>Adds the language to the engine in which the calling cell runs, once.</summary>
    public static void Add()
    {
        if (Root is not CompositeKernel root || root.FindKernelByName(Language) is not null) return;
        root.Add(new PythonKernel());
    }

    /// <inheritdoc/>
    public Task HandleAsync(SubmitCode command, KernelInvocationContext context)
    {
        _latest = command;
        command.Parameters.TryGetValue(InterpreterOption, out var interpreter);
        // The directive has been taken off; lines are those of the cell that the reader sees.
        var whole = (command.Parent as SubmitCode)?.Code ?? command.Code;
        var above = Math.Max(0, whole.IndexOf(command.Code, StringComparison.Ordinal));
        var code = new string('\n', whole.AsSpan(0, above).Count('\n')) + command.Code;
        var frontEnd = new PythonFrontEnd(
            (text, isError) => PublishText(context.Publish, command, text, isError),
            (data, isResult) => context.Publish(isResult ? new ReturnValueProduced(null, command, Formatted(data)) : new DisplayedValueProduced(null, command, Formatted(data))),
            Ask);
        return OnOwnThread(() =>
        {
            if (_cells.Run(code, Interlocked.Increment(ref _cellsSoFar), interpreter, frontEnd, context.CancellationToken) is { } failure)
                context.Fail(command, message: string.Join('\n', failure.Traceback));
        });
    }

    /// <inheritdoc/>
    public Task HandleAsync(SendValue command, KernelInvocationContext context) => OnOwnThread(() =>
    {
        try
        {
            var json = command.FormattedValue is { MimeType: Json } formatted && command.Value is null ? JsonNode.Parse(formatted.Value) : SharedValue.ToJson(command.Name, command.Value);
            Ask(context, command, new() { ["request"] = "set", ["name"] = command.Name, ["value"] = json });
        }
        catch (NotSupportedException cannot)
        {
            context.Fail(command, message: cannot.Message);
        }
    });

    /// <inheritdoc/>
    public Task HandleAsync(RequestValue command, KernelInvocationContext context) => OnOwnThread(() =>
    {
        if (Ask(context, command, new() { ["request"] = "get", ["name"] = command.Name }) is not { } reply) return;
        var json = reply["value"];
        context.Publish(new ValueProduced(SharedValue.ToClr(json).Value, command.Name, new FormattedValue(Json, json?.ToJsonString() ?? "null"), command));
    });

    /// <inheritdoc/>
    public Task HandleAsync(RequestValueInfos command, KernelInvocationContext context)
    {
        var names = _cells.AskIdle(new() { ["request"] = "names" })?["names"] as JsonArray ?? [];
        context.Publish(new ValueInfosProduced(
            [.. names.Select(name => new KernelValueInfo((string)name![0]!, new FormattedValue(PlainTextFormatter.MimeType, (string)name[1]!), null, (string)name[1]!))], command));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleAsync(RequestCompletions command, KernelInvocationContext context)
    {
        var (before, _) = At(command.Code, command.LinePosition);
        if (_cells.AskIdle(new() { ["request"] = "complete", ["before"] = before }) is not { } reply) return Task.CompletedTask;
        var begun = new LinePosition(command.LinePosition.Line, command.LinePosition.Character - ((string)reply["begun"]!).Length);
        context.Publish(new CompletionsProduced(
            [.. reply["names"]!.AsArray().Select(name => new CompletionItem((string)name!, "Variable"))], command, new LinePositionSpan(begun, command.LinePosition)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task HandleAsync(RequestHoverText command, KernelInvocationContext context)
    {
        var (before, after) = At(command.Code, command.LinePosition);
        if ((string?)_cells.AskIdle(new() { ["request"] = "inspect", ["before"] = before, ["after"] = after })?["text"] is { } text)
            context.Publish(new HoverTextProduced(command, [new FormattedValue(PlainTextFormatter.MimeType, text)]));
        return Task.CompletedTask;
    }

    private Task<string> AskAsync(string request, CancellationToken cancel)
    {
        var context = KernelInvocationContext.Current;
        return _cells.AskAsync(request, Silent((text, isError) =>
        {
            if (context is not null) PublishText(context.Publish, context.Command, text, isError);
        }), cancel);
    }

    private JsonObject? Ask(KernelInvocationContext context, KernelCommand command, JsonObject request)
    {
        var reply = _cells.Ask(request.ToJsonString(), Silent((_, _) => { }), context.CancellationToken);
        if ((reply["error"] ?? reply["missing"]) is not { } why) return reply;
        context.Fail(command, message: (string)why!);
        return null;
    }

    private static PythonFrontEnd Silent(Action<string, bool> print) =>
        new(print, static (_, _) => { }, static (_, _) => throw new InvalidOperationException("Only a running Python cell can ask."));

    private static string Ask(string prompt, bool isSecret) =>
        isSecret ? GetPasswordAsync(prompt).GetAwaiter().GetResult().GetClearTextPassword() : GetInputAsync(prompt).GetAwaiter().GetResult();

    private static void PublishText(Action<KernelEvent> publish, KernelCommand command, string text, bool isError)
    {
        FormattedValue[] values = [new(PlainTextFormatter.MimeType, text)];
        publish(isError ? new StandardErrorValueProduced(command, values) : new StandardOutputValueProduced(command, values));
    }

    private static FormattedValue[] Formatted(JsonObject data) =>
        [.. data.Select(pair => new FormattedValue(pair.Key, pair.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : pair.Value?.ToJsonString() ?? "null"))];

    private static (string Before, string After) At(string code, LinePosition position)
    {
        var start = 0;
        for (var line = 0; line < position.Line && start <= code.Length; line++) start = code.IndexOf('\n', start) is var end and >= 0 ? end + 1 : code.Length;
        var index = Math.Min(code.Length, start + position.Character);
        return (code[..index], code[index..]);
    }

    // The engine's scheduler waits for nobody; cells in C# may have used up the pool.
    private static Task OnOwnThread(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
