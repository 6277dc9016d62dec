using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Kernel.Cells;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Notebook;
using ConcurrencyLab.Kernel.Output;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Kernel.Session;

/// <summary>A C# session on Roslyn's script compiler.</summary>
public sealed class CSharpSession : ISession
{
    /// <summary>Less than a front end gives a kernel to shut down.</summary>
    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(2);

    private readonly SessionOptions _options;
    private readonly SubmissionChain _chain = new();
    private readonly CellReferences _references;
    private readonly SessionPython _python;
    private readonly TwinCells _twins;
    private readonly CellSources _sources = new();
    private readonly OutputDelivery _delivery = new();
    private readonly Lock _oneAtATime = new();
    private CellThread _thread = new();
    private CellConsole? _console;

    /// <summary>Starts a session; cheap, the compiler is loaded by the first cell or by <see cref="WarmUpAsync"/>.</summary>
    public CSharpSession(SessionOptions options)
    {
        _options = options;
        _references = new CellReferences(_chain);
        _python = new SessionPython(options.WorkingFolder);
        _twins = new TwinCells(_chain);
    }

    /// <summary>The cells so far, for completion and hover.</summary>
    internal SubmissionChain Chain => _chain;

    /// <summary>Its Python, for completion and hover.</summary>
    internal SessionPython Python => _python;

    /// <summary>Compiles and runs a cell that leaves nothing behind, so that the user's first cell is not the one that waits.</summary>
    public Task WarmUpAsync() => Task.Factory.StartNew(WarmUp, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <inheritdoc cref="WarmUpAsync"/>
    internal void WarmUp()
    {
        Execute(new Cell("1+1", 0), static _ => { });
        PrepareNext();
    }

    /// <summary>Does ahead what the next cell needs, whatever it is; for the time when no cell waits.</summary>
    internal void PrepareNext()
    {
        lock (_oneAtATime) _chain.PrepareNext();
    }

    /// <inheritdoc/>
    public Task<CellResult> ExecuteAsync(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default) =>
        Task.Factory.StartNew(
            () => Execute(cell, show, interrupt), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Runs one cell to its end on the caller's time; works also when a cell has used up the thread pool.</summary>
    internal CellResult Execute(Cell cell, Action<CellOutput> show, CancellationToken interrupt = default)
    {
        lock (_oneAtATime)
        {
            var started = Stopwatch.GetTimestamp();
            SpareFiles.Hold();
            var outputs = new CellOutputs(show, _delivery);
            var console = _console = new CellConsole(outputs, _options.ReadInput, interrupt) { CompileTwin = _twins.Compile };
            console.AskPython = (request, cancel) => _python.AskAsync(console, request, cancel);
            _sources.Add(cell.Number, cell.Source);
            ErrorOutput? error;
            try
            {
                error = Run(new CellExecution(cell, _console, started, interrupt), cell.Source, cell.Language, _options.WorkingFolder);
            }
            catch (Exception fault)
            {
                error = KernelErrors.Describe(fault);
            }

            if (error is not null) outputs.Add(error);
            outputs.Finish();
            return new CellResult(error, Stopwatch.GetElapsedTime(started));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        // On a thread of its own: what hangs there must not keep the session.
        Task.Factory.StartNew(DisposeOfVariables, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Wait(DisposeTimeout);
        ConsoleCapture.Forget(_console);
        _thread.Dispose();
        _python.Dispose();
        _delivery.Dispose();
        return ValueTask.CompletedTask;
    }

    private void DisposeOfVariables()
    {
        if (_console is not { } latest) return;
        // What is said now is said below the latest cell.
        ConsoleCapture.Enter(latest);
        _chain.Open.DisposeOfAll((name, exception) => Console.Error.WriteLine($"[using {name}: {exception.GetType().Name}: {exception.Message}]"));
        latest.Outputs.Flush();
    }

    private ErrorOutput? Run(CellExecution run, string source, string? language, string folder)
    {
        var timed = false;
        try
        {
            foreach (var part in CellParser.Parse(source, language))
            {
                ErrorOutput? error = null;
                if (part is CSharpPart code) error = RunCode(run, code, folder);
                else if (part is PythonPart python) error = _python.Run(run, python);
                else if (part is SharePart share) error = Share(run, share, folder);
                else if (part is ImportPart import) error = Import(run, import, folder);
                else if (part is TextPart text) run.Show(MimeBundle.Text(text.MimeType, text.Text));
                else if (part is VariablesPart variables) run.Show(SessionFacts.Variables(_chain.Variables, variables.WithValues));
                else if (part is AboutPart) run.Show(SessionFacts.About());
                else timed = true;
                if (error is not null) return error;
            }
        }
        catch (CellSyntaxException exception)
        {
            return run.Refuse(exception, _sources);
        }
        finally
        {
            if (timed)
                run.Show(MimeBundle.Text(MimeBundle.PlainText, string.Create(CultureInfo.InvariantCulture,
                    $"Wall time: {Stopwatch.GetElapsedTime(run.Started).TotalMilliseconds:0.####}ms")));
        }

        return null;
    }

    private ErrorOutput? Share(CellExecution run, SharePart share, string folder)
    {
        if (share.ToPython)
        {
            _python.Set(run, share, share.From is "csharp" ? _chain.Variables.FirstOrDefault(variable => variable.Name == share.Source) is { Name: not null } found ? found.Value
                : throw new CellSyntaxException($"There is no C# variable {share.Source}.", share.Line) : share.From is "python" ? _python.Get(run, share).Value : null);
            return null;
        }

        if (!SyntaxFacts.IsValidIdentifier(share.Name)) throw new CellSyntaxException($"{share.Name} cannot be the name of a C# variable.", share.Line);
        var (name, source) = ($"@{share.Name}", $"@{share.Source}");
        if (share.From is not "csharp")
        {
            var (value, type) = _python.Get(run, share);
            source = $"({type})SharedValues.Take({SharedValues.Put(value)})";
        }

        return RunCode(run, new CSharpPart($"{new string('\n', share.Line - 1)}var {name} = {source};", []), folder);
    }

    private ErrorOutput? Import(CellExecution run, ImportPart import, string folder)
    {
        var path = Path.GetFullPath(Path.Combine(folder, import.Path));
        IReadOnlyList<(string Source, string? Language)> cells;
        try
        {
            cells = ImportedFile.Read(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new CellSyntaxException($"#!import \"{import.Path}\": {exception.Message}", import.Line);
        }

        if (!run.Importing.Add(path))
            throw new CellSyntaxException($"#!import \"{import.Path}\": the file imports itself.", import.Line);
        try
        {
            foreach (var (cell, language) in cells)
            {
                // A message about an imported line names the file, not a line of this cell.
                var inner = run with { FileName = import.Path };
                if (Run(inner, cell, language, Path.GetDirectoryName(path)!) is { } error)
                    return error with { Line = import.Line, Column = null };
            }
        }
        finally
        {
            run.Importing.Remove(path);
        }

        return null;
    }

    private ErrorOutput? RunCode(CellExecution run, CSharpPart part, string folder)
    {
        Submission submission;
        try
        {
            foreach (var note in _references.Add(part.References, folder, run.Interrupt)) run.Show(MimeBundle.Text(MimeBundle.PlainText, note));
            _twins.Running = part.Source;
            // Not on the cell's thread: what stops a cell must not hit the compiler.
            submission = _chain.Compile(part.Source, run.Cell.Number, run.FileName ?? CellSources.PathOf(run.Cell.Number), run.Interrupt);
        }
        catch (CompilationFailedException exception)
        {
            var told = CompilationErrors.Describe(exception.Diagnostics, exception.Compilation, run.Cell.Number, _sources);
            return _references.Any || !exception.Diagnostics.Any(CompilationErrors.IsUnknownType) ? told : told with
            {
                Traceback = [.. told.Traceback, "No cell has loaded a library (#r) so far: where the notebook's first cell does, run that first."],
            };
        }
        catch (OperationCanceledException) when (run.Interrupt.IsCancellationRequested)
        {
            return CellExecution.Interrupted([]);
        }

        // As text below the cell: stderr, which front ends draw in red, is for what fails.
        if (!submission.Warnings.IsEmpty)
            run.Show(MimeBundle.Text(MimeBundle.PlainText, string.Join('\n', CompilationErrors.Lines(submission.Warnings, submission.Compilation, run.Cell.Number, _sources))));
        if (_thread.IsSpent) _thread = new CellThread();
        CellRun ended;
        Task<ErrorOutput?>? cell = null;
        var areLoopsStopping = false;
        using (run.Interrupt.Register(() =>
        {
            EndlessLoop.BeginStopping();
            areLoopsStopping = true;
        }))
        {
            ended = _thread.Run(() => cell = RunAsync(run, submission), () => run.Console.ListensToInterrupt, run.Interrupt);
        }

        var (error, goesOn) = ended.Interrupted ? CellExecution.DescribeInterrupt(ended) : (null, false);
        // What waits, computes elsewhere or has not begun yet ends when it comes to a loop, however late that is.
        if (areLoopsStopping && !goesOn) EndlessLoop.EndStopping();
        if (error is not null) return error;
        return ended.Exception is null ? cell!.Result : UserErrors.Describe(ended.Exception, run.Cell.Number, _sources);
    }

    private async Task<ErrorOutput?> RunAsync(CellExecution run, Submission submission)
    {
        ConsoleCapture.Enter(run.Console);
        try
        {
            var value = await _chain.Start(submission).ConfigureAwait(false);
            // A handle to what is displayed already says nothing more.
            if (value is not DisplayedValue && (value is not null || submission.HasValue())) run.ShowResult(value);
            return null;
        }
        catch (Exception exception) when (!run.Interrupt.IsCancellationRequested)
        {
            // As part of the cell, which can be interrupted: what an exception says of itself is the user's code, too.
            return UserErrors.Describe(exception, run.Cell.Number, _sources);
        }
    }
}
