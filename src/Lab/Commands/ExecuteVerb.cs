using System.CommandLine;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Execution;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab execute</c>: the inside of a chapter's process, started by the runner alone.</summary>
internal static class ExecuteVerb
{
    /// <summary>The word on the command line.</summary>
    public const string Name = "execute";

    public static Command Create(Func<SessionOptions, Task<ISession>> open)
    {
        var command = new Command(Name, "Runs the cells that arrive as messages on standard input (used by 'lab run').") { Hidden = true };
        command.SetAction(async (_, _) =>
        {
            ProcessTree.BecomeLeader();
            await new ChapterHost(open, ProcessTree.EndSelf).RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
        });
        return command;
    }
}
