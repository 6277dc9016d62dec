using System.CommandLine;
using System.CommandLine.Invocation;
using System.ComponentModel;
using ConcurrencyLab.Kernel.Pipes;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Commands;

/// <summary>The <c>lab</c> command line; without a command it shows what it can do.</summary>
internal static class LabCommand
{
    private const string WhatItCanDo = $"""
        Concurrency Lab: chapters that run the same work in several ways on this machine and check every sentence they claim.

          run --all           run every chapter, which takes minutes, and make a book of what they measured
          run NOTEBOOK...     run some of them
          book                make the book of the outputs that are saved in the notebooks; runs nothing
          check               tell whether the saved outputs are true to their code
          install, uninstall  register the C# kernel with Jupyter and VS Code, to open and edit the chapters; take it out
          open                open the chapters in the Jupyter of this machine
          doctor              tell what is installed, what is missing and what to do

        Each is written as: {Paths.Command} run --all
        With --help it tells its options; run, install and uninstall take --engine dotnet-interactive, for .NET Interactive.
        """;

    /// <summary>Runs a command line to its exit code.</summary>
    /// <param name="open">Opens the session that chapters run in.</param>
    public static async Task<int> RunAsync(string[] arguments, Func<SessionOptions, Task<ISession>> open)
    {
        // A chapter's process hears signals in its own way.
        using var stop = arguments is [PipedHost.Verb] ? null : new StopRequest();
        var root = new RootCommand("Runs the chapters of the concurrency lab on this machine and makes a book of what they measured.")
        {
            RunCommand.Create(),
            SavedOutputCommands.Book(),
            SavedOutputCommands.Check(),
            ExecuteCommand.Create(open),
            InstallCommands.Install(),
            InstallCommands.Uninstall(),
            InstallCommands.Open(),
            DoctorCommand.Create(),
        };
        root.SetAction(_ => Console.WriteLine(WhatItCanDo));
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine($"'{Paths.Command} --help' shows what can be asked for.");
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
            // The machine refuses what it is not expected to refuse: a descriptor, memory for another process.
            Console.Error.WriteLine($"cannot go on: {fault.Message.ReplaceLineEndings(" ")}");
            return ExitCodes.BadInput;
        }
    }
}
