using System.Globalization;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>What this process may use of the machine.</summary>
internal static class Hardware
{
    private const double Gigabyte = 1e9;

    /// <summary>The build, the kernel and the book take this much, in bytes, measured and rounded up.</summary>
    private const double DiskNeeded = 1.5 * Gigabyte;

    /// <summary>Chapter 07 holds ten thousand connections open; each has two ends, but they are in two processes.</summary>
    private const ulong FilesWanted = 12_000;

    public static Task<Finding> DiskAsync(Patient patient)
    {
        const string Subject = "disk";
        var folder = patient.Root.Length > 0 ? patient.Root : Directory.GetCurrentDirectory();
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var seen = Text($"{free / Gigabyte:0.0} GB free at {folder}");
        return Task.FromResult(free < DiskNeeded
            ? Finding.Needed(Subject, seen, Text($"make room: the lab takes {DiskNeeded / Gigabyte:0.0} GB"))
            : Finding.Fine(Subject, seen));
    }

    public static Task<Finding> CoresAsync(Patient patient)
    {
        const string Subject = "cores";
        var usable = Environment.ProcessorCount;
        var share = CpuShare() is { } cores ? Text($", held by its control group to {cores:0.##}") : "";
        var seen = $"{usable}{share}";
        return Task.FromResult(usable < 2
            ? Finding.Optional(Subject, $"{seen}; what is said of parallel work cannot be seen on one", "give the machine or container a second core")
            : Finding.Fine(Subject, seen));
    }

    public static Task<Finding> MemoryAsync(Patient patient)
    {
        const string Subject = "memory";
        var usable = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var seen = Text($"{usable / Gigabyte:0.0} GB");
        return Task.FromResult(usable < 2 * Gigabyte
            ? Finding.Optional(Subject, $"{seen}; a kernel and what a chapter starts take up to 2", "give the machine or container more")
            : Finding.Fine(Subject, seen));
    }

    public static Task<Finding> OpenFilesAsync(Patient patient)
    {
        const string Subject = "open files";
        if (OpenFiles.Limit is not { } most) return Task.FromResult(Finding.Fine(Subject, "this system does not tell a limit"));
        return Task.FromResult(most < FilesWanted
            ? Finding.Optional(Subject, Text($"at most {most}; chapter 07 opens ten thousand connections"), Text($"raise the hard limit: ulimit -Hn {FilesWanted}, as root or in limits.conf"))
            : Finding.Fine(Subject, Text($"at most {most} in a process")));
    }

    /// <summary>How many cores' worth of time the control group allows (cgroup v2, then v1); null when there is no limit.</summary>
    private static double? CpuShare()
    {
        if (!OperatingSystem.IsLinux()) return null;
        const string V2 = "/sys/fs/cgroup/cpu.max", Quota = "/sys/fs/cgroup/cpu/cpu.cfs_quota_us", Period = "/sys/fs/cgroup/cpu/cpu.cfs_period_us";
        string[] numbers = File.Exists(V2) ? File.ReadAllText(V2).Split(' ')
            : File.Exists(Quota) && File.Exists(Period) ? [File.ReadAllText(Quota), File.ReadAllText(Period)] : [];
        return numbers is [var quota, var period]
            && double.TryParse(quota, CultureInfo.InvariantCulture, out var allowed) && double.TryParse(period, CultureInfo.InvariantCulture, out var of) && allowed > 0 && of > 0
            ? allowed / of
            : null;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
