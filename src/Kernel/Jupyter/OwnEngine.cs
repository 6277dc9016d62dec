using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>The lab's own session and its assistant.</summary>
internal sealed class OwnEngine : IEngine
{
    private readonly CSharpSession _session;
    private readonly CodeAssistant _assistant;

    public OwnEngine(SessionOptions options, Action<string> log)
    {
        _session = new CSharpSession(options);
        _assistant = new CodeAssistant(_session.Chain, log: log, askPython: question => _session.Python.AskIdle(question));
    }

    public string Banner => $"C# of Concurrency Lab {KernelInfo.Version} on .NET {Environment.Version}";

    public bool IsLost => false;

    public void WarmUp() => _session.WarmUp();

    public void PrepareNext() => _session.PrepareNext();

    public void LoadAssistance() => _assistant.Load();

    public CellResult Execute(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default) => _session.Execute(cell, show, interrupt);

    public string StatusOf(string code) => _assistant.StatusOf(code);

    public Completions Complete(string code, int index) => _assistant.Complete(code, index);

    public string? Inspect(string code, int index, bool withSource) => _assistant.Inspect(code, index, withSource);

    public ValueTask DisposeAsync() => _session.DisposeAsync();
}
