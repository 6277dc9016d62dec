using System.Globalization;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>One cell while it runs.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="Console">What its code writes to.</param>
/// <param name="Started">Timestamp of its arrival.</param>
/// <param name="Interrupt">Fires when it is asked to stop.</param>
internal sealed record CellExecution(Cell Cell, CellConsole Console, long Started, CancellationToken Interrupt)
{
    private static readonly TimeSpan Watch = TimeSpan.FromMilliseconds(200);
    private const int Looks = 4;

    /// <summary>The file that is being imported; null for the cell itself.</summary>
    public string? FileName { get; init; }

    /// <summary>The files that are being imported, one inside the other.</summary>
    public HashSet<string> Importing { get; } = new(StringComparer.Ordinal);

    /// <summary>Shows something that is not the cell's value.</summary>
    public void Show(JsonObject data) => Console.Outputs.Add(new DisplayOutput(data, IsResult: false));

    /// <summary>Shows the value of the cell's last expression.</summary>
    public void ShowResult(object? value) => Console.Outputs.Add(new DisplayOutput(MimeBundle.Of(value), IsResult: true));

    /// <summary>An error in what the cell asks of the kernel, as opposed to in its C#.</summary>
    public ErrorOutput Refuse(CellSyntaxException wrong, CellSources sources)
    {
        List<string> traceback = [wrong.Message];
        if (FileName is null) traceback.AddRange(sources.Quote(Cell.Number, wrong.Line, column: 1));
        return new ErrorOutput(wrong.Name, wrong.Message, traceback, wrong.Line, 1);
    }

    /// <summary>Says that the cell was stopped, and what of it goes on.</summary>
    /// <returns>The error, and whether anything may go on: also what the pool has not begun yet.</returns>
    public static (ErrorOutput Error, bool GoesOn) DescribeInterrupt(CellRun run)
    {
        List<string> notes = [];
        if (run.IsUnstoppable) notes.Add("The cell's thread could not be stopped and goes on in the background; later cells run on another thread.");
        else if (run.LeftBehind is { IsCompleted: false }) notes.Add("The cell's asynchronous work was left behind: what it awaits may still end, and the code after the await would then run.");
        // What is in the middle of something gets a moment to come to its end.
        var busy = BusyThreads.Count(Watch);
        for (var look = 1; busy > 0 && look < Looks; look++) busy = BusyThreads.Count(Watch);
        if (busy > 0)
        {
            // The pool believes that it still has these threads; without new ones the next await would wait long.
            ThreadPool.GetMinThreads(out var workers, out var ports);
            ThreadPool.SetMinThreads(workers + busy, ports);
            notes.Add(string.Create(CultureInfo.InvariantCulture,
                $"{busy} {(busy == 1 ? "thread is" : "threads are")} still computing in the background: .NET cannot stop {(busy == 1 ? "it" : "them")} from outside. Restart the kernel if {(busy == 1 ? "it does" : "they do")} not come to an end."));
        }

        return (Interrupted(notes), notes.Count > 0 || ThreadPool.PendingWorkItemCount > 0);
    }

    /// <summary>The error of a cell that was stopped.</summary>
    /// <param name="notes">What goes on regardless.</param>
    public static ErrorOutput Interrupted(IReadOnlyList<string> notes)
    {
        const string Message = "The cell was interrupted; variables keep their values.";
        return new ErrorOutput("Interrupted", string.Join(' ', [Message, .. notes]), [Message, .. notes]);
    }
}
