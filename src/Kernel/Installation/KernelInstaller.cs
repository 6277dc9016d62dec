using System.Runtime.InteropServices;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Installation;

/// <summary>Something stands in the way of an installation; one line says what to do.</summary>
/// <param name="message">The line.</param>
public sealed class InstallationException(string message) : Exception(message);

/// <summary>Builds the kernel for this machine and tells Jupyter about it.</summary>
/// <param name="project">The project file whose program answers <c>kernel {connection_file}</c>.</param>
/// <param name="dotnet">The <c>dotnet</c> command.</param>
public sealed class KernelInstaller(string project, string dotnet)
{
    private const string ProgramFolder = "program";

    /// <summary>Publishes the kernel and writes its kernelspec; an installation of ours is replaced.</summary>
    /// <param name="prefix">An environment's root; null for the user's folder.</param>
    /// <param name="name">The kernelspec's name; null for the chapters' own, or another if that is taken.</param>
    /// <param name="force">True to replace a kernelspec that somebody else wrote.</param>
    /// <param name="say">Told what happens.</param>
    /// <param name="cancel">Gives up; nothing is left half done.</param>
    /// <returns>The kernelspec's folder.</returns>
    /// <exception cref="InstallationException">The name is taken, the build fails, or the folder cannot be written.</exception>
    public async Task<string> InstallAsync(string? prefix, string? name, bool force, Action<string> say, CancellationToken cancel = default)
    {
        var kernels = Kernelspec.KernelsFolder(prefix);
        var folder = Choose(kernels, name, force, say);
        return await KernelspecDraft.CompleteAsync(folder, async draft =>
        {
            say("Building the kernel for this machine; this takes a minute.");
            await PublishAsync(Path.Combine(draft, ProgramFolder), cancel).ConfigureAwait(false);
            Kernelspec.Write(draft, [dotnet, Path.Combine(folder, ProgramFolder, "lab.dll"), "kernel", "{connection_file}"]);
        }, say).ConfigureAwait(false);
    }

    /// <summary>Removes an installation of ours; .NET Interactive too, when it is named.</summary>
    /// <param name="prefix">As it was installed.</param>
    /// <param name="name">The kernelspec's name; null for whichever of the default names is ours.</param>
    /// <returns>The folders that were removed; at least one.</returns>
    /// <exception cref="InstallationException">There is nothing of ours to remove.</exception>
    public static IReadOnlyList<string> Uninstall(string? prefix, string? name)
    {
        var kernels = Kernelspec.KernelsFolder(prefix);
        string[] names = name is null ? [Kernelspec.PreferredName, Kernelspec.OwnName] : [name];
        var ours = names.Select(candidate => Path.Combine(kernels, candidate))
            .Where(folder => Kernelspec.IsOurs(folder) || (name is not null && DotnetInteractiveInstaller.IsInstalled(folder))).ToList();
        if (ours.Count == 0) throw new InstallationException($"No kernel of the lab is registered as {string.Join(" or ", names)} in {kernels}.");
        try
        {
            foreach (var folder in ours) Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InstallationException($"{kernels} cannot be written: {exception.Message}");
        }

        return ours;
    }

    private static string Choose(string kernels, string? name, bool force, Action<string> say)
    {
        if (name is not null && (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || name is "." or ".."))
            throw new InstallationException($"\"{name}\" is no name for a kernel: use letters, digits, '.', '_' and '-'.");
        var wanted = Path.Combine(kernels, name ?? Kernelspec.PreferredName);
        if (force || !Kernelspec.Exists(wanted) || Kernelspec.IsOurs(wanted)) return wanted;
        if (name is not null) throw new InstallationException($"{wanted} belongs to another kernel: choose another --name, or replace it with --force.");
        var own = Path.Combine(kernels, Kernelspec.OwnName);
        if (Kernelspec.Exists(own) && !Kernelspec.IsOurs(own))
            throw new InstallationException($"{wanted} and {own} belong to other kernels: choose a --name, or replace the first with --force.");
        say($"{Kernelspec.PreferredName} belongs to another kernel and stays; this one is registered as {Kernelspec.OwnName}.");
        return own;
    }

    private async Task PublishAsync(string folder, CancellationToken cancel)
    {
        string[] arguments =
        [
            "publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false",
            "-p:PublishReadyToRun=true", "-o", folder, "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false",
        ];
        if (await CommandRun.FaultOfAsync(dotnet, arguments, cancel).ConfigureAwait(false) is { } fault) throw new InstallationException($"The kernel could not be built: {fault}");
    }
}
