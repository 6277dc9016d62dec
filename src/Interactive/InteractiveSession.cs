using System.Diagnostics;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;

namespace ConcurrencyLab.Interactive;

/// <summary>The cells of a notebook in .NET Interactive. A process has one such session: its formatters and its console are static.</summary>
internal sealed class InteractiveSession : ISession
{
    /// <summary>How long what was cancelled may hold up the engine before the session is given up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Less than a front end gives a kernel to shut down.</summary>
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(2);

    private readonly SessionOptions _options;
    private readonly OutputDelivery _delivery = new();
    private readonly Lock _oneAtATime = new();
    private CellConsole? _console;

    public InteractiveSession(SessionOptions options)
    {
        _options = options;
        Engine = NotebookKernels.Create(Ask);
        // Else a cell that reads would read what the runner of chapters tells this process.
        Console.SetIn(new LineReader(() => Ask(prompt: "", isPassword: false)));
    }

    /// <summary>The engine itself, for questions about cells.</summary>
    public CompositeKernel Engine { get; }

    /// <inheritdoc/>
    public bool IsLost { get; private set; }

    /// <summary>Compiles and runs a cell that leaves nothing behind, so that the user's first cell is not the one that waits.</summary>
    public void WarmUp() => Execute(new Cell("1+1", 0), static _ => { });

    /// <inheritdoc/>
    public Task<CellResult> ExecuteAsync(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default) =>
        Task.Factory.StartNew(
            () => Execute(cell, show, interrupt), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs one cell to its end on the caller's time.</summary>
    public CellResult Execute(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default)
    {
        lock (_oneAtATime)
        {
            var started = Stopwatch.GetTimestamp();
            var outputs = new CellOutputs(show, _delivery);
            _console = new CellConsole(outputs, _options.ReadInput, interrupt);
            var error = Run(cell, new CellEvents(outputs), interrupt);
            if (error is not null) outputs.Add(error);
            outputs.Finish();
            return new CellResult(error, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // One whose cell never ends would wait for it, and any other may hang in what its cells left.
        if (!IsLost) Task.Factory.StartNew(Engine.Dispose, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait(DisposeTimeout);
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Ask(string prompt, bool isPassword) =>
        (_console ?? throw new InvalidOperationException("No cell is running that could ask.")).ReadLine(prompt, isPassword);

    private ErrorOutput? Run(Cell cell, CellEvents events, CancellationToken interrupt)
    {
        if (cell.Language is { } language && Engine.FindKernelByName(language) is null)
            return new ErrorOutput("CompilationError", $"\"{language}\" is no language of this engine.", [$"\"{language}\" is no language of this engine."]);
        using var listening = Engine.KernelEvents.Subscribe(events.Take);
        var running = OnOwnThread(() => Engine.SendAsync(new SubmitCode(cell.Source, cell.Language), CancellationToken.None));
        using (interrupt.Register(() => _ = OnOwnThread(() => Engine.SendAsync(new Cancel(), CancellationToken.None))))
        {
            try
            {
                running.GetAwaiter().GetResult();
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                if (!interrupt.IsCancellationRequested) return CellEvents.Describe(fault);
            }
        }

        return interrupt.IsCancellationRequested ? Stopped() : events.Error;
    }

    private ErrorOutput Stopped()
    {
        // The engine calls a cancelled cell ended, whether or not it is: only what comes next tells.
        var probe = new Probe();
        IsLost = !OnOwnThread(() => Engine.SendAsync(probe, CancellationToken.None)).Wait(Grace) || !probe.HasRun;
        const string Lost = "The cell was interrupted, and .NET Interactive cannot stop it: its process ends, and the variables are lost. The lab's own engine stops such cells.";
        return IsLost
            ? new ErrorOutput("Interrupted", Lost, [Lost])
            : CellExecution.DescribeInterrupt(new CellRun(Interrupted: true)).Error;
    }

    // Cells may have used up the pool; and a command is sent in the context of the cell that runs where it is sent.
    private static Task<KernelCommandResult> OnOwnThread(Func<Task<KernelCommandResult>> send)
    {
        using (ExecutionContext.SuppressFlow())
            return Task.Factory.StartNew(send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    /// <summary>A command that does nothing and takes its turn behind what the engine is doing.</summary>
    private sealed class Probe : KernelCommand
    {
        public Probe() => Handler = (_, _) =>
        {
            HasRun = true;
            return Task.CompletedTask;
        };

        public bool HasRun { get; private set; }
    }
}
