using System.Diagnostics;
using System.Globalization;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace ConcurrencyLab.Tests;

/// <summary>The kernel of .NET Interactive, put together as its command-line tool does for a C# notebook.</summary>
internal sealed class NotebookKernel : IDisposable
{
    private readonly CompositeKernel _kernel;
    private readonly bool _onPool;
    private bool _isStuck;

    /// <param name="onPool">Whether cells are sent from a thread of the pool, or from a thread of their own.</param>
    public NotebookKernel(bool onPool = true)
    {
        _onPool = onPool;
        var csharp = new CSharpKernel().UseKernelHelpers().UseWho().UseValueSharing();
        csharp.UseNugetDirective((kernel, packages) =>
        {
            kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
            return Task.CompletedTask;
        });
        _kernel = new CompositeKernel { csharp, new HtmlKernel() };
        _kernel.DefaultKernelName = csharp.Name;
        _kernel.UseImportMagicCommand();
        _kernel.AddDirective(new KernelActionDirective("#!time"), ShowElapsed);
        // What the tool sets for front ends that show HTML, such as VS Code and Jupyter.
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
    }

    /// <summary>Runs a cell to its end, to its error or to its limit; the kernel is of no use after the last.</summary>
    public async Task<CellRun> RunAsync(NotebookCell cell, TimeSpan limit, CancellationToken cancel)
    {
        if (_isStuck) throw new InvalidOperationException("A cell of this kernel never ended: start another.");
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // A cell runs on the thread that sends it until its first await: the one that counts its seconds must be another.
        var running = Task.Factory.StartNew(
            () => _kernel.SendAsync(new SubmitCode(cell.Source), giveUp.Token),
            cancel, _onPool ? TaskCreationOptions.None : TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        try
        {
            return new CellRun(cell, (await running.WaitAsync(limit, cancel)).Events);
        }
        catch (TimeoutException)
        {
            _isStuck = true;
            await giveUp.CancelAsync();
            return new CellRun(cell, []) { Overran = limit };
        }
    }

    /// <summary>Stops the cell that is running, as a front end's stop button does.</summary>
    public Task InterruptAsync() => _kernel.SendAsync(new Cancel(), CancellationToken.None);

    /// <summary>A kernel whose cell never ended would wait for it: it is left to the end of the process.</summary>
    public void Dispose()
    {
        if (!_isStuck) _kernel.Dispose();
    }

    /// <summary>The tool takes it from its Jupyter package, which would bring F# and PowerShell along.</summary>
    private static Task ShowElapsed(KernelCommand command, KernelInvocationContext context)
    {
        var clock = Stopwatch.StartNew();
        context.OnComplete(ending => ending.Publish(new DisplayedValueProduced(clock.Elapsed, context.Command,
            [new FormattedValue(PlainTextFormatter.MimeType, string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds}ms"))])));
        return Task.CompletedTask;
    }
}
