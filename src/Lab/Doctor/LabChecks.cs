using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConcurrencyLab.Common;
using ConcurrencyLab.Kernel.Installation;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>What the lab has built and installed here, and what this machine lets its processes use.</summary>
internal static class LabChecks
{
    /// <summary>What builds everything.</summary>
    public const string Build = "dotnet build src/Lab -c Release";

    private const string Install = $"{Paths.Command} install";
    private const double Gigabyte = 1e9;

    /// <summary>What packages, build, kernel and book take, in bytes, measured and rounded up.</summary>
    private const double DiskNeeded = 1.6 * Gigabyte;

    /// <summary>Chapter 07 holds ten thousand connections open; each has two ends, but they are in two processes.</summary>
    private const ulong FilesWanted = 12_000;

    /// <summary>The workload library that every chapter loads.</summary>
    public static Finding Library(CheckContext context)
    {
        if (context.Root.Length == 0) return Finding.Needed("this is not inside a clone of the lab", "change into the clone's folder and ask again");
        var file = Path.Combine(context.Root, "artifacts", "lab", "ConcurrencyLab.dll");
        // Written by the build whenever it has staged anything; equal files keep their own, older dates.
        var stamp = Path.Combine(context.Root, "artifacts", "lab", "staged.txt");
        if (!File.Exists(file) || !File.Exists(stamp)) return Finding.Needed($"{Paths.Shown(file)} is not built", Build);
        return File.GetLastWriteTimeUtc(stamp) < NewestSource(context, "Workloads", "Charting", "Interleavings", "Interleavings.Code", "CoffeeShop", "Common")
            ? Finding.Needed($"{Paths.Shown(file)} is older than its sources", Build)
            : Finding.Fine($"{Paths.Shown(file)}, as new as its sources");
    }

    /// <summary>Starts the coffee shop as chapters do, and orders one coffee.</summary>
    public static Finding CoffeeShop(CheckContext context)
    {
        var program = Path.Combine(context.Root, "artifacts", "lab", "coffeeshop", "CoffeeShop.dll");
        if (context.Root.Length == 0 || !File.Exists(program)) return Finding.Needed("is not built", Build);
        // Not CliWrap: it is asked while it runs. It ends when its standard input does, however that happens.
        using var shop = Process.Start(new ProcessStartInfo(DotnetHost.Path, ["exec", program]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Checks.AnswerLimit);
        using var end = limit.Token.Register(() => shop.Kill(entireProcessTree: true));
        try
        {
            var errors = shop.StandardError.ReadToEndAsync(CancellationToken.None);
            if (shop.StandardOutput.ReadLine() is not { } ready)
                return limit.IsCancellationRequested ? Late() : Finding.Needed($"does not start: {errors.GetAwaiter().GetResult().Trim().Split('\n')[0].Trim()}", Build);
            using var said = JsonDocument.Parse(ready);
            // Not through the proxy that the environment may name.
            using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            using var order = new HttpRequestMessage(HttpMethod.Get, $"{said.RootElement.GetProperty("address").GetString()}/coffee/1?ms=1");
            using var cup = client.Send(order, limit.Token);
            return cup.IsSuccessStatusCode ? Finding.Fine("starts and serves") : Finding.Needed($"answers an order with {(int)cup.StatusCode}", Build);
        }
        catch (OperationCanceledException)
        {
            return Late();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or KeyNotFoundException)
        {
            return Finding.Needed($"does not serve: {fault.Message}", Build);
        }
        finally
        {
            shop.StandardInput.Close();
            if (!shop.WaitForExit(TimeSpan.FromSeconds(2))) shop.Kill(entireProcessTree: true);
        }
        static Finding Late() => Finding.Needed($"does not serve within {Checks.AnswerLimit.TotalSeconds:0} s", Checks.Busy);
    }

    /// <summary>The lab's kernel: is it installed, whole, and as new as this clone?</summary>
    public static Finding OurKernel(CheckContext context)
    {
        if (KernelspecFolders.Ours().FirstOrDefault() is not { } folder) return Finding.Optional("not installed; notebooks can then be run, but not opened", Install);
        // The programs that start it: dotnet and the kernel's own.
        var programs = Spec(folder)["argv"] is JsonArray argv ? argv.Take(2).Select(argument => (string?)argument ?? "") : [];
        if (programs.FirstOrDefault(program => Path.IsPathFullyQualified(program) && !File.Exists(program)) is { } gone)
            return Finding.Optional($"{folder} starts {gone}, which is not there", Install);
        var installed = File.GetLastWriteTimeUtc(Path.Combine(folder, "kernel.json"));
        var seen = $"{folder}, installed {installed.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC";
        return context.Root.Length > 0 && installed < NewestSource(context, "Kernel", "Lab", "Common")
            ? Finding.Optional($"{seen}, is older than this checkout", Install)
            : Finding.Fine(seen);
    }

    /// <summary>The kernel that the notebooks' metadata names: whose is it?</summary>
    public static Finding NotebooksKernel(CheckContext context)
    {
        const string Name = Kernelspec.PreferredName;
        if (KernelspecFolders.Find(Name) is not { } folder) return Finding.Optional($"no kernel is named {Name}; front ends ask which to take", Install);
        if (Kernelspec.IsOurs(folder)) return Finding.Fine($"{Name} is the lab's");
        return Finding.Fine($"{Name} is another kernel's ({DisplayName(folder)}, {folder}); the chapters run in it, and the lab's own is listed as {Kernelspec.DisplayName}");
    }

    /// <summary>Can this process listen on a loopback port and reach it? A proxy, a firewall or a sandbox may forbid it.</summary>
    public static Finding Loopback(CheckContext context)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            using var client = new TcpClient { ReceiveTimeout = (int)Checks.AnswerLimit.TotalMilliseconds };
            if (!client.ConnectAsync((IPEndPoint)listener.LocalEndpoint).Wait(Checks.AnswerLimit)) return Unreachable("no answer");
            using var server = listener.AcceptTcpClient();
            server.GetStream().WriteByte(1);
            return client.GetStream().ReadByte() == 1 ? Finding.Fine("ports can be opened and reached") : Unreachable("the connection ends");
        }
        catch (Exception fault) when (fault.GetBaseException() is SocketException or IOException)
        {
            return Unreachable(fault.GetBaseException().Message);
        }
        static Finding Unreachable(string why) => Finding.Needed($"no port can be opened and reached: {why}", "let programs of this machine talk to one another: see its firewall or sandbox");
    }

    public static Finding Disk(CheckContext context)
    {
        var folder = context.Root.Length > 0 ? context.Root : Directory.GetCurrentDirectory();
        var free = new DriveInfo(folder).AvailableFreeSpace;
        var seen = Text($"{free / Gigabyte:0.0} GB free at {folder}");
        return free < DiskNeeded ? Finding.Needed(seen, Text($"make room: the lab takes {DiskNeeded / Gigabyte:0.0} GB")) : Finding.Fine(seen);
    }

    public static Finding Cores(CheckContext context)
    {
        var share = CpuShare() is { } cores ? Text($", held by its control group to {cores:0.##}") : "";
        var seen = $"{Environment.ProcessorCount}{share}";
        return Environment.ProcessorCount < 2
            ? Finding.Optional($"{seen}; what is said of parallel work cannot be seen on one", "give the machine or container a second core")
            : Finding.Fine(seen);
    }

    public static Finding Memory(CheckContext context)
    {
        var usable = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        var seen = Text($"{usable / Gigabyte:0.0} GB");
        return usable < 2 * Gigabyte
            ? Finding.Optional($"{seen}; a kernel and what a chapter starts take up to 2", "give the machine or container more")
            : Finding.Fine(seen);
    }

    public static Finding OpenFiles(CheckContext context) => FileLimit.Here switch
    {
        null => Finding.Fine("this system does not tell a limit"),
        < FilesWanted and var most => Finding.Optional(Text($"at most {most}; chapter 07 opens ten thousand connections"), Text($"raise the hard limit: ulimit -Hn {FilesWanted}, as root or in limits.conf")),
        { } most => Finding.Fine(Text($"at most {most} in a process")),
    };

    // When the newest source of some projects, or of the build's own files, was written.
    private static DateTime NewestSource(CheckContext context, params string[] projects) => projects.Select(project => Path.Combine(context.Root, "src", project)).Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(context.Root, "Directory.*.props"))
        .Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();

    private static JsonObject Spec(string folder) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "kernel.json"))) as JsonObject ?? [];

    private static string DisplayName(string folder)
    {
        try
        {
            return (string?)Spec(folder)["display_name"] ?? "without a name";
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return "not readable";
        }
    }

    // How many cores' worth of time the control group allows (cgroup v2, then v1); null when there is no limit.
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
