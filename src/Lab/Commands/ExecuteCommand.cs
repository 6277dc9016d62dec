using System.CommandLine;
using ConcurrencyLab.Kernel.Pipes;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab execute</c>: the inside of a chapter's process, started by the runner alone.</summary>
internal static class ExecuteCommand
{
    public static Command Create(Func<SessionOptions, Task<ISession>> open)
    {
        var command = new Command(PipedHost.Verb, "Runs the cells that arrive as messages on standard input (used by 'lab run').") { Hidden = true };
        command.SetAction((_, _) => PipedHost.ServeAsync(open));
        return command;
    }
}
