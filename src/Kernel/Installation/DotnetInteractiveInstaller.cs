using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Packages;

namespace ConcurrencyLab.Kernel.Installation;

/// <summary>Installs the real .NET Interactive beside the lab's kernel, so that a chapter can be opened in either.</summary>
/// <remarks>
/// It is deprecated and gets no fixes any more, of security holes either. Its own installation registers it as
/// <see cref="Kernelspec.PreferredName"/> over whatever has that name; here it takes another where the name is taken.
/// </remarks>
/// <param name="dotnet">The <c>dotnet</c> command.</param>
public sealed class DotnetInteractiveInstaller(string dotnet)
{
    /// <summary>The package of the tool.</summary>
    public const string Package = "Microsoft.dotnet-interactive";

    /// <summary>Its last version, the one for .NET 10.</summary>
    public const string Version = "1.0.712001";

    /// <summary>The kernelspec's name where the chapters' own is taken.</summary>
    public const string OwnName = "dotnet-interactive-csharp";

    private const string ToolFolder = "tool";
    private const string Mark = "concurrency-lab-installed";

    /// <summary>Installs the tool into its kernelspec's folder; whatever fails, all other kernels stay as they are.</summary>
    /// <param name="prefix">An environment's root; null for the user's folder.</param>
    /// <param name="say">Told what happens.</param>
    /// <param name="cancel">Gives up; nothing is left half done.</param>
    /// <returns>The kernelspec's folder.</returns>
    /// <exception cref="InstallationException">The package cannot be had, both names are taken, or the folder cannot be written.</exception>
    public async Task<string> InstallAsync(string? prefix, Action<string> say, CancellationToken cancel = default)
    {
        var folder = Choose(Kernelspec.KernelsFolder(prefix));
        return await KernelspecDraft.CompleteAsync(folder, async draft =>
        {
            say($"{Package} is deprecated: nobody mends it any more, security holes included.");
            await RunAsync(dotnet, ["tool", "install", Package, "--version", Version, "--tool-path", Path.Combine(draft, ToolFolder)], [], cancel).ConfigureAwait(false);
            var specs = Directory.CreateDirectory(Path.Combine(draft, "specs")).FullName;
            var environment = new Dictionary<string, string?>();
            AddRoot((name, value) => environment[name] = value);
            await RunAsync(Program(draft), ["jupyter", "install", "--path", specs], environment, cancel).ConfigureAwait(false);
            Kernelspec.Write(draft, Adapted(Path.Combine(specs, Kernelspec.PreferredName), Program(folder)));
            Directory.Delete(specs, recursive: true);
        }, say).ConfigureAwait(false);
    }

    /// <summary>True when a folder holds what <see cref="InstallAsync"/> installed.</summary>
    internal static bool IsInstalled(string folder) => Kernelspec.HasMark(folder, Mark);

    private static string Choose(string kernels)
    {
        var preferred = Path.Combine(kernels, Kernelspec.PreferredName);
        if (!Kernelspec.Exists(preferred) || IsInstalled(preferred)) return preferred;
        var own = Path.Combine(kernels, OwnName);
        return !Kernelspec.Exists(own) || IsInstalled(own)
            ? own
            : throw new InstallationException($"{preferred} and {own} belong to other kernels: remove one of them first.");
    }

    private static async Task RunAsync(string program, string[] arguments, Dictionary<string, string?> environment, CancellationToken cancel)
    {
        if (await CommandRun.FaultOfAsync(program, arguments, cancel, environment).ConfigureAwait(false) is { } fault)
            throw new InstallationException($"{Package} {Version} could not be installed ({fault}); the kernels that were there are as before.");
    }

    private static string Program(string folder) => Path.Combine(folder, ToolFolder, OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive");

    /// <summary>Its own kernelspec, started by path (front ends may not have the tool on theirs) and told apart from others.</summary>
    private JsonObject Adapted(string source, string program)
    {
        JsonNode? spec;
        try
        {
            spec = JsonNode.Parse(File.ReadAllBytes(Path.Combine(source, "kernel.json")));
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            spec = null;
        }

        if (spec is not JsonObject own || own["argv"] is not JsonArray argv || argv.Count < 2 || (string?)argv[0] != "dotnet" || (string?)argv[1] != "interactive")
            throw new InstallationException($"{Package} {Version} registers itself in a way that is not known here; the kernels that were there are as before.");
        argv.RemoveAt(0);
        argv[0] = program;
        own["display_name"] = ".NET Interactive (C#)";
        if (own["metadata"] is not JsonObject metadata) own["metadata"] = metadata = [];
        metadata[Mark] = true;
        var environment = new JsonObject();
        AddRoot((name, value) => environment[name] = value);
        if (environment.Count > 0) own["env"] = environment;
        return own;
    }

    // A tool looks for the runtime in the usual places only.
    private void AddRoot(Action<string, string> add)
    {
        if (!Path.IsPathFullyQualified(dotnet)) return;
        // /usr/bin/dotnet and its like are links into the folder that is meant.
        add("DOTNET_ROOT", Path.GetDirectoryName(File.ResolveLinkTarget(dotnet, returnFinalTarget: true)?.FullName ?? dotnet)!);
    }
}
