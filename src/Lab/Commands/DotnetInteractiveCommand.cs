using System.CommandLine;
using ConcurrencyLab.Kernel.Installation;
using ConcurrencyLab.Lab.Execution;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab install-dotnet-interactive</c>: the kernel that the notebooks were first made for, beside the lab's.</summary>
internal static class DotnetInteractiveCommand
{
    public static Command Create()
    {
        var prefix = InstallCommands.Prefix();
        var command = new Command("install-dotnet-interactive", "Registers the real .NET Interactive beside the lab's kernel. It is deprecated, and its security holes stay open.") { prefix };
        command.SetAction((parsed, cancel) => InstallCommands.Guard(async () => await new DotnetInteractiveInstaller(Dotnet.OnPath).InstallAsync(
            parsed.GetValue(prefix), Console.WriteLine, cancel)));
        return command;
    }
}
