using System.CommandLine;
using System.Diagnostics;
using ConcurrencyLab.Common;
using ConcurrencyLab.Kernel.Installation;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab install</c>, <c>uninstall</c> and <c>open</c>: the chapters in the user's own front ends.</summary>
internal static class InstallCommands
{
    private static readonly (string Program, string[] Arguments)[] FrontEnds =
        [("jupyter", ["lab"]), ("jupyter-lab", []), ("jupyter", ["notebook"]), ("jupyter-notebook", [])];

    public static Command Install()
    {
        var (prefix, name, engine) = (Prefix(), Name(), EngineOption.Create());
        var force = new Option<bool>("--force") { Description = "Replace a kernel of that name that the lab did not install." };
        var command = new Command("install", "Registers the lab's C# kernel, or .NET Interactive, with Jupyter and VS Code.") { prefix, name, force, engine };
        command.SetAction((parsed, cancel) => Guard(() =>
        {
            var kernel = Kernel(parsed.GetValue(engine));
            if (kernel == InstallableKernel.DotnetInteractive) Console.WriteLine(EngineOption.Warning);
            return new KernelInstaller(kernel, Paths.RequireRoot(), DotnetHost.Path).InstallAsync(
                parsed.GetValue(prefix), parsed.GetValue(name), parsed.GetValue(force), Console.WriteLine, cancel);
        }));
        return command;
    }

    public static Command Uninstall()
    {
        var (prefix, name, engine) = (Prefix(), Name(), EngineOption.Create());
        var command = new Command("uninstall", "Takes a kernel that the lab installed out of Jupyter again.") { prefix, name, engine };
        command.SetAction((parsed, _) => Guard(() =>
        {
            foreach (var folder in KernelInstaller.Uninstall(Kernel(parsed.GetValue(engine)), parsed.GetValue(prefix), parsed.GetValue(name))) Console.WriteLine($"Removed {folder}.");
            return Task.CompletedTask;
        }));
        return command;
    }

    /// <summary>Builds a kernel's program where it lies in the repository.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> BuildAsync(InstallableKernel kernel, CancellationToken cancel)
    {
        try
        {
            return await new KernelInstaller(kernel, Paths.RequireRoot(), DotnetHost.Path).BuildAsync(Console.WriteLine, cancel);
        }
        catch (InstallationException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    public static Command Open()
    {
        var command = new Command("open", "Opens the chapters in the Jupyter of this machine.");
        command.SetAction((_, cancel) => OpenAsync(cancel));
        return command;
    }

    private static InstallableKernel Kernel(string? engine) => engine == EngineOption.DotnetInteractive ? InstallableKernel.DotnetInteractive : InstallableKernel.Own;

    private static Option<string?> Prefix() => new("--prefix") { Description = "An environment's folder instead of the user's." };

    private static Option<string?> Name() => new("--name") { Description = "The kernel's name; the chapters' own when that is free." };

    /// <summary>Runs an installation; what stands in its way is bad input.</summary>
    private static async Task<int> Guard(Func<Task> act)
    {
        try
        {
            await act();
            return ExitCodes.Fine;
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Stopped;
        }
        catch (InstallationException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }

    private static async Task<int> OpenAsync(CancellationToken cancel)
    {
        var folder = Paths.Notebooks;
        var found = FrontEnds.Select(each => (Path: CommandSearch.First(each.Program), each.Arguments, IsThere: each.Arguments is not [var part] || CommandSearch.First($"{each.Program}-{part}") is not null))
            .FirstOrDefault(each => each.Path is not null && each.IsThere);
        if (found.Path is null) throw new InputException("No Jupyter was found. Install one with 'pip install jupyterlab', or open the folder in VS Code with its Jupyter extension.");
        // Not CliWrap: it asks its questions in this terminal.
        using var jupyter = Process.Start(new ProcessStartInfo(found.Path, found.Arguments) { WorkingDirectory = folder })!;
        try
        {
            await jupyter.WaitForExitAsync(cancel);
            return jupyter.ExitCode;
        }
        catch (OperationCanceledException)
        {
            jupyter.Kill(entireProcessTree: true);
            return ExitCodes.Stopped;
        }
    }
}
