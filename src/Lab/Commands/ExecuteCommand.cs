using System.CommandLine;
using System.Runtime.InteropServices;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Execution;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab execute</c>: the inside of a chapter's process, started by the runner alone.</summary>
internal static class ExecuteCommand
{
    public static Command Create(Func<SessionOptions, Task<ISession>> open)
    {
        var command = new Command(ChapterHost.Verb, "Runs the cells that arrive as messages on standard input (used by 'lab run').") { Hidden = true };
        command.SetAction(async (_, _) =>
        {
            ProcessTree.BecomeLeader();
            var host = new ChapterHost(open, ProcessTree.Leave);
            // A terminal's Ctrl-C is the runner's affair; a signal to this process alone is meant for its cell, as with any kernel.
            using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
            {
                signal.Cancel = true;
                host.Interrupt();
            });
            // The runtime would end without letting anybody remove temporary files.
            using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
            {
                signal.Cancel = true;
                ProcessTree.LeaveTerminated();
            });
            await host.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
        });
        return command;
    }
}
