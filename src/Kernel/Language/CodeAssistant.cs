using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>Answers questions about a cell that is being written, with the names of all cells before it.</summary>
/// <remarks>
/// The answers are those of Roslyn's services for editors, which take seconds of processor time and 80 MB to load. They load in the
/// background once the kernel is idle, or when the first question comes; a notebook that is only run pays for neither.
/// Every question is answered in time: with nothing when the services are not loaded yet, or fail.
/// </remarks>
/// <param name="chain">The cells so far.</param>
/// <param name="timeout">How long a question may take; 1.5 s when left out.</param>
/// <param name="log">Told in a line why a question could not be answered.</param>
/// <param name="askPython">The session's Python: answers what is known of names, or null when it cannot be asked now.</param>
internal sealed class CodeAssistant(SubmissionChain chain, TimeSpan? timeout = null, Action<string>? log = null, Func<JsonObject, JsonObject?>? askPython = null)
{
    /// <summary>VS Code drops a reply that takes 2 s.</summary>
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromSeconds(1.5);

    private readonly Lazy<Task<DraftWorkspace>> _workspace = new(() => OnOwnThread(() => LoadNow(chain)));

    /// <summary>Whether code can be run as it is, in the protocol's words: <c>complete</c>, <c>incomplete</c> or <c>invalid</c>.</summary>
    /// <param name="code">The cell, magics included.</param>
    public string StatusOf(string code)
    {
        // What ends in Python is as complete as its Python is; who is not there yet cannot tell.
        if (DraftCell.Of(code).PythonAt(code.Length) is var (before, _))
            return (string?)askPython?.Invoke(new() { ["request"] = "status", ["code"] = before })?["status"] ?? "unknown";
        return StatusOfCSharp(code);
    }

    /// <inheritdoc cref="StatusOf"/>
    public static string StatusOfCSharp(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(UsingDeclarations.In(code).Source, SubmissionChain.ParseOptions);
        return !SyntaxFactory.IsCompleteSubmission(tree) ? "incomplete"
            : tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete";
    }

    /// <summary>Begins to load the services, unless that has begun already; returns at once.</summary>
    public void Load() => _ = _workspace.Value;

    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public Completions Complete(string code, int index)
    {
        var draft = DraftCell.Of(code);
        if (draft.PythonAt(index) is { } python) return CompletePython(python.Before, index);
        if (!draft.IsCSharp(index)) return draft.Magics(index);
        return Ask((workspace, cancel) => CompletionList.OfAsync(workspace.Open(draft.Code, cancel), index, cancel)!)
            ?? new Completions(index, index, []);
    }

    /// <summary>Signature and documentation of what stands at a place.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    /// <param name="withSource">True to add how an earlier cell declared it.</param>
    /// <returns>Null when nothing known stands there.</returns>
    public string? Inspect(string code, int index, bool withSource = false)
    {
        var draft = DraftCell.Of(code);
        if (draft.PythonAt(index) is var (before, after)) return (string?)askPython?.Invoke(new() { ["request"] = "inspect", ["before"] = before, ["after"] = after })?["text"];
        if (!draft.IsCSharp(index)) return null;
        return Ask((workspace, cancel) => QuickInfo.OfAsync(workspace.Open(draft.Code, cancel), index, withSource, cancel));
    }

    private Completions CompletePython(string before, int index) =>
        askPython?.Invoke(new() { ["request"] = "complete", ["before"] = before }) is { } reply && reply["names"] is JsonArray names
            ? new Completions(index - ((string)reply["begun"]!).Length, index, [.. names.Select(name => new Completion((string)name!, "name", ""))])
            : new Completions(index, index, []);

    private T? Ask<T>(Func<DraftWorkspace, CancellationToken, Task<T?>> ask)
        where T : class
    {
        // Not disposed: a question that is given up may still look at it.
        var cancel = new CancellationTokenSource();
        var answer = OnOwnThread(() =>
        {
            try
            {
                _workspace.Value.Wait(cancel.Token);
                return ask(_workspace.Value.Result, cancel.Token).GetAwaiter().GetResult();
            }
            catch (Exception exception)
            {
                if (!cancel.IsCancellationRequested) log?.Invoke($"a question about a cell failed: {exception}");
                return null;
            }
        });
        if (answer.Wait(_timeout)) return answer.Result;
        cancel.Cancel();
        return null;
    }

    // The first question of each kind compiles the services' own code, which is most of what loading takes.
    private static DraftWorkspace LoadNow(SubmissionChain chain)
    {
        var workspace = new DraftWorkspace(chain);
        var document = workspace.Open("Console.Wr", CancellationToken.None);
        foreach (var index in (int[])[2, 10]) CompletionList.OfAsync(document, index, CancellationToken.None).GetAwaiter().GetResult();
        QuickInfo.OfAsync(document, 3, withSource: false, CancellationToken.None).GetAwaiter().GetResult();
        return workspace;
    }

    // Cells may have used up the pool.
    private static Task<T> OnOwnThread<T>(Func<T> act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
