using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>What a front end talks to through the protocol: a session, and answers about the cell that is being written.</summary>
internal interface IEngine : IAsyncDisposable
{
    /// <summary>How it calls itself, with its version.</summary>
    string Banner { get; }

    /// <inheritdoc cref="ISession.IsLost"/>
    bool IsLost { get; }

    /// <summary>Loads what the first cell needs, while the front end still shakes hands.</summary>
    void WarmUp();

    /// <summary>Does ahead what the next cell needs, while none waits.</summary>
    void PrepareNext();

    /// <summary>Loads what questions about cells need, once somebody seems to read or type; returns at once.</summary>
    void LoadAssistance();

    /// <summary>Runs one cell to its end, on the caller's time.</summary>
    CellResult Execute(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default);

    /// <inheritdoc cref="CodeAssistant.StatusOf"/>
    string StatusOf(string code);

    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    Completions Complete(string code, int index);

    /// <summary>Signature and documentation of what stands at a place; null when nothing known does.</summary>
    /// <param name="code">The cell, magics included.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    /// <param name="withSource">True to add how an earlier cell declared it.</param>
    string? Inspect(string code, int index, bool withSource);
}
