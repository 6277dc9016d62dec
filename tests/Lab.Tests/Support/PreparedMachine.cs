namespace ConcurrencyLab.Tests.Support;

/// <summary>A machine on which nothing is installed but what a test puts there: a PATH and a home of its own.</summary>
public sealed class PreparedMachine : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public PreparedMachine()
    {
        Directory.CreateDirectory(Commands);
        Directory.CreateDirectory(Home);
    }

    /// <summary>The one folder on PATH.</summary>
    public string Commands => _folder["commands"];

    public string Home => _folder["home"];

    /// <summary>Installs a command: a shell script.</summary>
    public string Install(string name, string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The commands of this test are shell scripts.");
        var path = Path.Combine(Commands, name);
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    /// <summary>Runs the lab on this machine.</summary>
    public async Task<LabProgram.Ended> RunAsync(params string[] arguments)
    {
        using var lab = LabProgram.Start(start =>
        {
            start.Environment["PATH"] = Commands;
            start.Environment["HOME"] = start.Environment["USERPROFILE"] = Home;
            foreach (var name in (string[])["JUPYTER_PATH", "JUPYTER_DATA_DIR", "XDG_DATA_HOME", "VIRTUAL_ENV", "CONDA_PREFIX", "CONCURRENCYLAB_PYTHON", "CONCURRENCYLAB_BROWSER"])
                start.Environment.Remove(name);
        }, arguments);
        return await lab.EndAsync();
    }

    public void Dispose() => _folder.Dispose();
}
