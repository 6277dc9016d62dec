using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>Answers questions about a cell that is being written, with the names of all cells before it.</summary>
/// <remarks>
/// The editor's services answer; they are loaded by the first question, never before: a chapter that only measures pays
/// neither their time nor their memory. Whoever asks while they load, or something that they fail at, is answered by the
/// compiler alone. No question goes without an answer.
/// </remarks>
/// <param name="chain">The cells so far.</param>
/// <param name="load">Loads the services; null for Roslyn's.</param>
internal sealed class CodeAssistant(SubmissionChain chain, Func<EditorServices>? load = null)
{
    /// <summary>How long a front end is kept waiting for services that still load.</summary>
    private static readonly TimeSpan WhileLoading = TimeSpan.FromMilliseconds(300);

    /// <summary>How long for an answer; VS Code drops one that takes 2 s.</summary>
    private static readonly TimeSpan OnceLoaded = TimeSpan.FromMilliseconds(1200);

    /// <summary>With more the compiler alone needs seconds (<see cref="CellGroup"/>): better no answer than a late one.</summary>
    private const int MostCellsForTheBinder = 200;

    private readonly Lazy<EditorServices> _editor = new(load ?? (() => new EditorServices(() => chain.Foundation, chain.Options)));
    private readonly BinderAnswers _binder = new(chain);
    private Task _asked = Task.CompletedTask;
    private volatile bool _isLoaded;

    /// <summary>True when the code can be run as it is; false when more lines must follow.</summary>
    public static bool IsComplete(string code) =>
        SyntaxFactory.IsCompleteSubmission(CSharpSyntaxTree.ParseText(code, SubmissionChain.ParseOptions));

    /// <summary>True when no further line could make the code right.</summary>
    public static bool IsInvalid(string code) =>
        IsComplete(code) && CSharpSyntaxTree.ParseText(code, SubmissionChain.ParseOptions).GetDiagnostics()
            .Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Ends when the services have dealt with the latest question, also one that was answered without them.</summary>
    public Task LatestQuestion => _asked;

    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    public Completions Complete(string code, int index)
    {
        var draft = DraftCell.Of(code);
        if (!draft.IsCSharp(index)) return draft.Magics(index);
        return Ask((editor, cancel) => editor.CompleteAsync(draft.Code, index, cancel), () => _binder.Complete(draft.Code, index))
            ?? new Completions(index, index, []);
    }

    /// <summary>Signature and documentation of what stands at a place.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    /// <param name="withSource">True to add how an earlier cell declared it.</param>
    /// <returns>Null when nothing known stands there.</returns>
    public string? Describe(string code, int index, bool withSource = false)
    {
        var draft = DraftCell.Of(code);
        if (!draft.IsCSharp(index)) return null;
        return Ask((editor, cancel) => editor.DescribeAsync(draft.Code, index, withSource, cancel), () => _binder.Describe(draft.Code, index));
    }

    private T? Ask<T>(Func<EditorServices, CancellationToken, Task<T>> ask, Func<T> otherwise)
        where T : class?
    {
        // One that still loads them, or that was given up and has not noticed yet: no second beside it.
        if (_asked.Wait(WhileLoading))
        {
            var timeout = _isLoaded ? OnceLoaded : WhileLoading;
            // Nobody disposes it: it may be cancelled after its question has ended.
            var cancel = new CancellationTokenSource();
            // A thread of its own: cells may have used up the pool.
            var asked = Task.Factory.StartNew(() => Answer(ask, cancel.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            _asked = asked;
            if (asked.Wait(timeout))
            {
                if (asked.Result is { } answer) return answer.Value;
            }
            else if (_isLoaded) cancel.Cancel();
        }

        try
        {
            return chain.Foundation.Cells.Count > MostCellsForTheBinder ? null : otherwise();
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Never throws: what fails here the compiler alone is asked.</summary>
    private Answered<T>? Answer<T>(Func<EditorServices, CancellationToken, Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            var answer = new Answered<T>(ask(_editor.Value, cancel).GetAwaiter().GetResult());
            _isLoaded = true;
            return answer;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private sealed record Answered<T>(T Value);
}
