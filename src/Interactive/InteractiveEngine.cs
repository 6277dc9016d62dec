using ConcurrencyLab.Kernel.Jupyter;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.Events;
using Engine = Microsoft.DotNet.Interactive.Kernel;

namespace ConcurrencyLab.Interactive;

/// <summary>.NET Interactive as what a Jupyter front end talks to.</summary>
internal sealed class InteractiveEngine(InteractiveSession session) : IEngine
{
    /// <summary>VS Code drops a reply that takes 2 s.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1.5);

    public string Banner => $".NET Interactive {typeof(Engine).Assembly.GetName().Version} on .NET {Environment.Version}, served by Concurrency Lab";

    public bool IsLost => session.IsLost;

    public void WarmUp() => session.WarmUp();

    public void PrepareNext()
    {
    }

    public void LoadAssistance() => Task.Factory.StartNew(() => Ask(new RequestCompletions("Console.Wr", new LinePosition(0, 10))), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public CellResult Execute(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default) => session.Execute(cell, show, interrupt);

    public string StatusOf(string code) => CodeAssistant.StatusOfCSharp(code);

    public Completions Complete(string code, int index)
    {
        var produced = Ask(new RequestCompletions(code, PositionOf(code, index)))?.OfType<CompletionsProduced>().FirstOrDefault();
        var start = produced?.LinePositionSpan is { } span ? IndexOf(code, span.Start) : WordBefore(code, index);
        return new Completions(start, index, [.. produced?.Completions.Select(item => new Completion(item.InsertText, item.Kind.ToLowerInvariant(), "")) ?? []]);
    }

    public string? Inspect(string code, int index, bool withSource) =>
        Ask(new RequestHoverText(code, PositionOf(code, index)))?.OfType<HoverTextProduced>().FirstOrDefault()?.Content.FirstOrDefault()?.Value;

    public ValueTask DisposeAsync() => session.DisposeAsync();

    private IReadOnlyList<KernelEvent>? Ask(KernelCommand question)
    {
        var answer = Task.Factory.StartNew(() => session.Engine.SendAsync(question, CancellationToken.None), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            return answer.Wait(Timeout) ? answer.Result.Events : null;
        }
        catch (AggregateException)
        {
            // A question that cannot be answered is answered with nothing.
            return null;
        }
    }

    private static LinePosition PositionOf(string code, int index)
    {
        var before = code.AsSpan(0, index);
        return new LinePosition(before.Count('\n'), index - (before.LastIndexOf('\n') + 1));
    }

    private static int IndexOf(string code, LinePosition position)
    {
        var start = 0;
        for (var line = 0; line < position.Line; line++) start = code.IndexOf('\n', start) + 1;
        return start + position.Character;
    }

    private static int WordBefore(string code, int index)
    {
        while (index > 0 && (char.IsLetterOrDigit(code[index - 1]) || code[index - 1] == '_')) index--;
        return index;
    }
}
