using System.CommandLine;
using System.Diagnostics;
using ConcurrencyLab.Kernel.Installation;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab install</c>, <c>lab uninstall</c> and <c>lab open</c>: the chapters in the reader's own Jupyter.</summary>
internal static class InstallCommands
{
    public static Command Install()
    {
        var (prefix, name) = Where();
        var force = new Option<bool>("--force") { Description = "Replace a kernel of that name that the lab did not install." };
        var command = new Command("install", "Registers the lab's C# kernel with Jupyter and VS Code.") { prefix, name, force };
        command.SetAction((parsed, cancel) => Guard(async () => await new KernelInstaller(Project(), Dotnet.Program).InstallAsync(
            parsed.GetValue(prefix), parsed.GetValue(name), parsed.GetValue(force), Console.WriteLine, cancel)));
        return command;
    }

    public static Command Uninstall()
    {
        var (prefix, name) = Where();
        var command = new Command("uninstall", "Takes the lab's C# kernel out of Jupyter again.") { prefix, name };
        command.SetAction((parsed, _) => Guard(() =>
        {
            foreach (var folder in KernelInstaller.Uninstall(parsed.GetValue(prefix), parsed.GetValue(name))) Console.WriteLine($"Removed {folder}.");
            return Task.CompletedTask;
        }));
        return command;
    }

    public static Command Open()
    {
        var command = new Command("open", "Opens the chapters in the Jupyter of this machine.");
        command.SetAction((_, cancel) => OpenAsync(cancel));
        return command;
    }

    internal static Option<string?> Prefix() => new("--prefix") { Description = "An environment's folder instead of the user's." };

    private static (Option<string?> Prefix, Option<string?> Name) Where() => (
        Prefix(),
        new Option<string?>("--name") { Description = "The kernel's name; the chapters' own when that is free." });

    /// <summary>Runs an installation; what stands in its way is bad input.</summary>
    internal static async Task<int> Guard(Func<Task> act)
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
        var root = Root();
        foreach (var (program, arguments) in ((string, string[])[])[("jupyter", ["lab"]), ("jupyter-lab", []), ("jupyter", ["notebook"]), ("jupyter-notebook", [])])
        {
            if (Find(program) is not { } path || (arguments.Length > 0 && Find($"{program}-{arguments[0]}") is null)) continue;
            using var jupyter = Process.Start(new ProcessStartInfo(path, arguments) { WorkingDirectory = Path.Combine(root, "notebooks") })
                ?? throw new InputException($"{path} could not be started.");
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

        throw new InputException("No Jupyter was found. Install one with 'pip install jupyterlab', or open the folder in VS Code with its Jupyter extension.");
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? program + ".exe" : program)).FirstOrDefault(File.Exists);

    private static string Project() => Path.Combine(Root(), "src", "Lab", "Lab.csproj");

    private static string Root()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "ConcurrencyLab.slnx"))) return folder;
        throw new InputException("Run this from a clone of the lab: dotnet run --project src/Lab -- install");
    }
}
