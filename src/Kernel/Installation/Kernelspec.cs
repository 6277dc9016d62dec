using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Kernel.Installation;

/// <summary>The entry by which Jupyter front ends find a kernel.</summary>
public static class Kernelspec
{
    /// <summary>The name that the chapters' metadata asks for.</summary>
    public const string PreferredName = ".net-csharp";

    /// <summary>The name to register under when the preferred one belongs to somebody else.</summary>
    public const string OwnName = "concurrency-lab-csharp";

    /// <summary>What front ends list the lab's kernel as.</summary>
    public const string DisplayName = "C# (Concurrency Lab)";

    /// <summary>Set where .NET is to start without ICU.</summary>
    private const string InvariantVariable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    private const string FileName = "kernel.json";
    internal const string Mark = "concurrency-lab";

    /// <summary>The folder in which the user's, or an environment's, kernelspecs lie.</summary>
    /// <param name="prefix">An environment's root; null for the user's folder.</param>
    public static string KernelsFolder(string? prefix)
    {
        if (prefix is not null) return Path.Combine(Path.GetFullPath(prefix), "share", "jupyter", "kernels");
        var data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR");
        if (!string.IsNullOrEmpty(data)) return Path.Combine(data, "kernels");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter", "kernels")
            : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter", "kernels")
            : Path.Combine(
                Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(home, ".local", "share"),
                "jupyter", "kernels");
    }

    /// <summary>True when a folder holds a kernelspec, the lab's or another.</summary>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, FileName));

    /// <summary>True when a folder holds a kernelspec of the lab's own engine.</summary>
    public static bool IsOurs(string folder) => HasMark(folder, Mark);

    /// <summary>True when the metadata of a folder's kernelspec has a key.</summary>
    internal static bool HasMark(string folder, string mark)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, FileName))) is JsonObject spec
                && spec["metadata"] is JsonObject metadata && metadata.ContainsKey(mark);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Writes the kernelspec, whole or not at all.</summary>
    /// <param name="folder">The kernelspec's own folder; made when it is missing.</param>
    /// <param name="argv">The command that starts the kernel; <c>{connection_file}</c> stands for the file.</param>
    /// <param name="kernel">Which kernel; the lab's own when left out.</param>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<string> argv, InstallableKernel? kernel = null)
    {
        kernel ??= InstallableKernel.Own;
        Directory.CreateDirectory(folder);
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. argv.Select(argument => (JsonNode)argument)]),
            ["display_name"] = kernel.DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { [kernel.Mark] = true, ["debugger"] = false },
        };
        // What this process knows of the machine, a front end that is started from a desktop may not.
        if (Environment.GetEnvironmentVariable(InvariantVariable) is { } invariant) spec["env"] = new JsonObject { [InvariantVariable] = invariant };
        var json = spec.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        AtomicFile.Write(Path.Combine(folder, FileName), json + "\n");
    }
}
