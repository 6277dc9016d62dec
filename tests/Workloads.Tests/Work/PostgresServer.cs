using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>
/// A real PostgreSQL server of Debian's package in a temporary folder, on a Unix socket only. A shell guards it: it waits for
/// the end of its input, which comes however this process ends, then stops the server and removes the folder.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    // $1: the folder of the server's programs. It refuses to run as root, so the guard runs as somebody else then.
    private const string Guard = """
        trap '' INT
        dir=$(mktemp -d /tmp/concurrency-lab-pg.XXXXXX) || exit 1
        trap '"$1/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1; rm -rf "$dir"' EXIT
        "$1/initdb" -D "$dir/data" -U lab --auth=trust --no-sync --no-locale --encoding=UTF8 >"$dir/log" 2>&1 &&
        "$1/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -h '' -F" start >>"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
        echo "$dir"
        read -r _
        """;

    private Process? _guard;

    /// <summary>Why there is no server, or null when there is one.</summary>
    public string? Absence { get; private set; }

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var programs = await ProgramsAsync();
        if (programs is null) return;
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        List<string> command = ["sh", "-c", Guard, "guard", programs];
        if (Environment.IsPrivilegedProcess) command.InsertRange(0, ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]);
        start.FileName = command[0];
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        _guard = Process.Start(start)!;
        var folder = await _guard.StandardOutput.ReadLineAsync();
        if (folder is null) throw new InvalidOperationException("PostgreSQL did not start: " + await _guard.StandardError.ReadToEndAsync());
        ConnectionString = $"Host={folder};Username=lab;Database=postgres;Maximum Pool Size=50";
    }

    public async ValueTask DisposeAsync()
    {
        if (_guard is null) return;
        _guard.StandardInput.Close();
        await _guard.WaitForExitAsync();
        _guard.Dispose();
    }

    private async Task<string?> ProgramsAsync()
    {
        if (Installed() is { } there) return there;
        if (!File.Exists("/usr/bin/apt-get") || !Environment.IsPrivilegedProcess)
        {
            Absence = "PostgreSQL is not installed: run tests/install-debian-packages.sh as root on Debian or Ubuntu.";
            return null;
        }
        var script = InstallScript();
        using var install = Process.Start(new ProcessStartInfo("sh") { ArgumentList = { script }, RedirectStandardInput = true, RedirectStandardError = true })!;
        install.StandardInput.Close();
        var said = await install.StandardError.ReadToEndAsync();
        await install.WaitForExitAsync();
        if (Installed() is { } installed) return installed;
        Absence = $"PostgreSQL could not be installed ({script} ended with {install.ExitCode}): {said.Trim()}";
        return null;
    }

    private static string? Installed()
    {
        const string Versions = "/usr/lib/postgresql";
        if (!Directory.Exists(Versions)) return null;
        return Directory.GetDirectories(Versions)
            .OrderByDescending(version => int.TryParse(Path.GetFileName(version), CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Select(version => Path.Combine(version, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl")));
    }

    private static string InstallScript()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var script = Path.Combine(folder.FullName, "tests", "install-debian-packages.sh");
            if (File.Exists(script)) return script;
        }
        throw new FileNotFoundException("tests/install-debian-packages.sh is not above the tests' folder.");
    }
}
