using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>The kernels that front ends find.</summary>
internal static class Kernels
{
    private const string Install = $"{Patient.Command} install";

    /// <summary>Our own: is it installed, whole, and as new as this checkout?</summary>
    public static Task<Finding> OursAsync(Patient patient)
    {
        const string Subject = "kernel";
        if (KernelspecFolders.Ours().FirstOrDefault() is not { } folder)
            return Task.FromResult(Finding.Optional(Subject, "not installed; notebooks can then be run, but not opened", Install));
        var spec = Path.Combine(folder, "kernel.json");
        // The programs that start it: dotnet and the kernel's own.
        if (Arguments(spec).Take(2).FirstOrDefault(program => Path.IsPathFullyQualified(program) && !File.Exists(program)) is { } gone)
            return Task.FromResult(Finding.Optional(Subject, $"{folder} starts {gone}, which is not there", Install));
        var installed = File.GetLastWriteTimeUtc(spec);
        var seen = $"{folder}, installed {installed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
        return Task.FromResult(patient.Root.Length > 0 && installed < patient.NewestSource("src/Kernel", "src/Lab")
            ? Finding.Optional(Subject, $"{seen}, is older than this checkout", Install)
            : Finding.Fine(Subject, seen));
    }

    /// <summary>The one that the notebooks' metadata names: whose is it?</summary>
    public static Task<Finding> OfTheNotebooksAsync(Patient patient)
    {
        const string Subject = "notebooks' kernel", Name = Kernelspec.PreferredName;
        if (KernelspecFolders.Find(Name) is not { } folder)
            return Task.FromResult(Finding.Optional(Subject, $"no kernel is named {Name}; front ends ask which to take", Install));
        if (Kernelspec.IsOurs(folder)) return Task.FromResult(Finding.Fine(Subject, $"{Name} is the lab's"));
        return Task.FromResult(Finding.Fine(Subject, $"{Name} is another kernel's ({DisplayName(folder)}, {folder}); the chapters run in it, and the lab's own is listed as {Kernelspec.DisplayName}"));
    }

    private static string[] Arguments(string spec) =>
        JsonNode.Parse(File.ReadAllBytes(spec))?["argv"] is JsonArray argv ? [.. argv.Select(argument => (string?)argument ?? "")] : [];

    private static string DisplayName(string folder)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "kernel.json")))?["display_name"] ?? "without a name";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "not readable";
        }
    }
}
