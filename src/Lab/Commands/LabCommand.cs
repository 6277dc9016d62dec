using System.CommandLine;
using System.CommandLine.Invocation;
using System.ComponentModel;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Commands;

/// <summary>The <c>lab</c> command line; without a verb it runs all chapters.</summary>
internal static class LabCommand
{
    /// <summary>Runs a command line to its exit code.</summary>
    /// <param name="arguments">What follows the program's name.</param>
    /// <param name="open">Opens the session that chapters run in.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<SessionOptions, Task<ISession>> open)
    {
        // A chapter's process hears signals in its own way.
        using var stop = arguments is [ChapterHost.Verb] ? null : new StopRequest();
        var root = new RootCommand("Runs the chapters of the concurrency lab on this machine and makes a book of what they measured.")
        {
            RunCommand.Create(),
            BookCommand.Create(),
            CheckCommand.Create(),
            ExecuteCommand.Create(open),
            InstallCommands.Install(),
            InstallCommands.Uninstall(),
            InstallCommands.Open(),
            DotnetInteractiveCommand.Create(),
            DoctorCommand.Create(),
        };
        RunCommand.AddTo(root);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("'lab --help' shows what can be asked for.");
            return ExitCodes.BadInput;
        }
        try
        {
            stop?.IsHeeded = parsed.Action is AsynchronousCommandLineAction;
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop?.Token ?? CancellationToken.None);
        }
        catch (InputException fault)
        {
            Console.Error.WriteLine(fault.Message);
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (OpenFiles.AreUsedUp())
        {
            // Whatever the runtime made of it: a library that is not found, a type that cannot be initialised.
            Console.Error.WriteLine($"cannot go on: Too many open files ('ulimit -n' raises how many there may be): {fault.GetBaseException().Message.ReplaceLineEndings(" ")}");
            return ExitCodes.BadInput;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // The machine refuses what nobody expects it to refuse: no descriptor, no memory for another process.
            Console.Error.WriteLine($"cannot go on: {fault.Message.ReplaceLineEndings(" ")}");
            return ExitCodes.BadInput;
        }
    }
}
