using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>
/// A small disk and a small network that only one run sees: namespaces of Linux, kept by a process that waits for the end of
/// its input. Where they may not be made (a container without CAP_SYS_ADMIN, say) there is none.
/// </summary>
internal sealed class Namespaces : IDisposable
{
    private readonly Process _keeper;

    private Namespaces(Process keeper) => _keeper = keeper;

    /// <summary>Whether they can be made here.</summary>
    public static Task<bool> CanBeHad { get; } = TryAsync();

    /// <summary>Makes one.</summary>
    /// <param name="folder">Where the small disk appears; what lies there is covered.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="ports">How many ports there are for everybody; null for as many as usual.</param>
    public static async Task<Namespaces> OpenAsync(string folder, int megabytes, int? ports)
    {
        var script = $"""
            set -e
            mount -t tmpfs -o size={megabytes}m none '{folder}'
            ip link set lo up
            {Ports(ports)}
            echo ready
            exec cat
            """;
        var keeper = Start(script);
        if (await keeper.StandardOutput.ReadLineAsync() == "ready") return new Namespaces(keeper);
        var said = await keeper.StandardError.ReadToEndAsync();
        keeper.Dispose();
        throw new IOException($"no namespace of its own: {said.Trim()}");
    }

    /// <summary>What to put before a command line so that it runs in here.</summary>
    public string[] Enter => ["nsenter", "-t", $"{_keeper.Id}", "-m", "-n"];

    /// <summary>Where a path of in here is found from outside.</summary>
    public string FromOutside(string path) => $"/proc/{_keeper.Id}/root{path}";

    /// <summary>Gives everybody in here as many ports as usual again.</summary>
    public void FreePorts()
    {
        using var echo = Process.Start("nsenter", ["-t", $"{_keeper.Id}", "-n", "bash", "-c", "echo '32768 60999' > /proc/sys/net/ipv4/ip_local_port_range; echo '' > /proc/sys/net/ipv4/ip_local_reserved_ports"]);
        echo.WaitForExit();
    }

    /// <summary>Takes disk and network away; nothing of them stays.</summary>
    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }

    // A range has one port at least; that one can be reserved.
    private static string Ports(int? count) => count is not { } ports ? "" : $"""
        echo '40000 {40000 + Math.Max(0, ports - 1)}' > /proc/sys/net/ipv4/ip_local_port_range
        {(ports == 0 ? "echo 40000 > /proc/sys/net/ipv4/ip_local_reserved_ports" : "")}
        """;

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("unshare", ["-m", "-n", "--propagation", "private", "bash", "-c", script])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<bool> TryAsync()
    {
        var folder = Directory.CreateTempSubdirectory("lab-chaos-try-").FullName;
        try
        {
            using var namespaces = await OpenAsync(folder, megabytes: 1, ports: 4);
            return true;
        }
        catch (Exception cannot) when (cannot is IOException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
