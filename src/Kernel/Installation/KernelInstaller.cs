using System.Runtime.InteropServices;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Installation;

/// <summary>Something stands in the way of an installation; one line says what to do.</summary>
/// <param name="message">The line.</param>
public sealed class InstallationException(string message) : Exception(message);

/// <summary>Builds a kernel for this machine and tells Jupyter about it.</summary>
/// <param name="kernel">Which.</param>
/// <param name="root">The repository.</param>
/// <param name="dotnet">The <c>dotnet</c> command.</param>
public sealed class KernelInstaller(InstallableKernel kernel, string root, string dotnet)
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
            Kernelspec.Write(draft, [dotnet, Path.Combine(folder, ProgramFolder, kernel.Program), "kernel", "{connection_file}"], kernel);
        }, say).ConfigureAwait(false);
    }

    /// <summary>Builds the kernel's program where it lies in the repository, for the runner of chapters.</summary>
    /// <param name="say">Told what happens.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The program's path.</returns>
    /// <exception cref="InstallationException">The build fails.</exception>
    public async Task<string> BuildAsync(Action<string> say, CancellationToken cancel = default)
    {
        say($"Building {kernel.DisplayName}.");
        await DotnetAsync(["build", Path.Combine(root, kernel.Project)], cancel).ConfigureAwait(false);
        return Path.Combine(root, "artifacts", "bin", Path.GetFileNameWithoutExtension(kernel.Project), "release", kernel.Program);
    }

    /// <summary>Removes an installation of a kernel.</summary>
    /// <param name="kernel">Which.</param>
    /// <param name="prefix">As it was installed.</param>
    /// <param name="name">The kernelspec's name; null for whichever of its default names is its.</param>
    /// <returns>The folders that were removed; at least one.</returns>
    /// <exception cref="InstallationException">There is nothing of it to remove.</exception>
    public static IReadOnlyList<string> Uninstall(InstallableKernel kernel, string? prefix, string? name)
    {
        var kernels = Kernelspec.KernelsFolder(prefix);
        IReadOnlyList<string> names = name is null ? kernel.Names : [name];
        var ours = names.Select(candidate => Path.Combine(kernels, candidate)).Where(kernel.IsIn).ToList();
        if (ours.Count == 0) throw new InstallationException($"{kernel.DisplayName} is not registered as {string.Join(" or ", names)} in {kernels}.");
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

    private string Choose(string kernels, string? name, bool force, Action<string> say)
    {
        if (name is not null && (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') || name is "." or ".."))
            throw new InstallationException($"\"{name}\" is no name for a kernel: use letters, digits, '.', '_' and '-'.");
        var wanted = Path.Combine(kernels, name ?? kernel.Names[0]);
        if (force || IsFree(wanted)) return wanted;
        if (name is not null) throw new InstallationException($"{wanted} belongs to another kernel: choose another --name, or replace it with --force.");
        if (kernel.Names.Select(candidate => Path.Combine(kernels, candidate)).FirstOrDefault(IsFree) is not { } other)
            throw new InstallationException($"{string.Join(" and ", kernel.Names)} in {kernels} belong to other kernels: choose a --name, or replace the first with --force.");
        say($"{kernel.Names[0]} belongs to another kernel and stays; this one is registered as {Path.GetFileName(other)}.");
        return other;

        bool IsFree(string folder) => !Kernelspec.Exists(folder) || kernel.IsIn(folder);
    }

    private Task PublishAsync(string folder, CancellationToken cancel) => DotnetAsync(
        ["publish", Path.Combine(root, kernel.Project), "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true", "-o", folder], cancel);

    private async Task DotnetAsync(string[] arguments, CancellationToken cancel)
    {
        arguments = [.. arguments, "-c", "Release", "-v", "quiet", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"];
        if (await CommandRun.FaultOfAsync(dotnet, arguments, cancel).ConfigureAwait(false) is { } fault) throw new InstallationException($"The kernel could not be built: {fault}");
    }
}
