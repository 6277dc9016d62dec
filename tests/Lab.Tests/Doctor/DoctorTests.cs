using System.Globalization;
using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Doctor;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Doctor;

/// <summary><c>lab doctor</c> on machines with more or less on them.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly PreparedMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public async Task With_nothing_but_the_sdk_all_that_chapters_need_is_there()
    {
        var ended = await _machine.RunAsync("doctor");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Equal("", ended.Error);
        foreach (var subject in (string[])[".NET SDK", "library", "coffee shop", "127.0.0.1", "disk"]) Assert.StartsWith("ok", Line(ended, subject), StringComparison.Ordinal);
        // What is missing comes with what to do.
        Assert.Contains("-> install Python 3", Line(ended, "Python"), StringComparison.Ordinal);
        Assert.Contains("-> dotnet run --project src/Lab -c Release -- install", Line(ended, "kernel"), StringComparison.Ordinal);
        Assert.Contains("-> pip install jupyterlab", Line(ended, "Jupyter"), StringComparison.Ordinal);
        Assert.StartsWith("All that chapters need is there", ended.Output.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_sdk_that_global_json_refuses_is_needed_and_missing()
    {
        _machine.Install("dotnet", "[ \"$1\" = --list-sdks ] && { echo '8.0.404 [/sdk]'; echo '9.0.100 [/sdk]'; exit 0; }\necho 'A compatible .NET SDK was not found.' >&2; exit 155");

        var ended = await _machine.RunAsync("doctor");

        Assert.Equal(1, ended.ExitCode);
        var line = Line(ended, ".NET SDK");
        Assert.StartsWith("NEEDED", line, StringComparison.Ordinal);
        Assert.Contains("none that satisfies global.json (10.0.100, latestFeature); installed: 8.0.404, 9.0.100 -> install the .NET 10 SDK", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_that_fail_talk_for_ever_or_cannot_be_started_end_nothing()
    {
        _machine.Install("python3", "while :; do echo 3.11.2 and more; done");
        _machine.Install("jupyter-lab", "kill -9 $$");
        await File.WriteAllTextAsync(_machine.Install("jupyter-notebook", ""), "neither script nor program", TestContext.Current.CancellationToken);

        var ended = await _machine.RunAsync("doctor");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Error);
        Assert.Contains("is no Python 3 with asyncio and multiprocessing", Line(ended, "Python"), StringComparison.Ordinal);
        Assert.StartsWith("optional", Line(ended, "Jupyter"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pythons_are_told_by_version_and_by_whether_they_have_a_gil()
    {
        _machine.Install("python3", "echo 3.11.2");
        _machine.Install("python3.11", "echo 3.11.2");
        _machine.Install("python3.14t", "echo 3.14.0 free-threaded");
        _machine.Install("python3.10", "echo no asyncio here >&2; exit 1");

        var line = Line(await _machine.RunAsync("doctor"), "Python");

        Assert.EndsWith($"3.11.2 ({_machine.Commands}/python3), 3.14.0 free-threaded ({_machine.Commands}/python3.14t)", line.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernelspec_of_somebody_else_is_named_and_a_kernel_whose_program_is_gone_is_told()
    {
        var kernels = Path.Combine(_machine.Home, OperatingSystem.IsMacOS() ? "Library/Jupyter" : ".local/share/jupyter", "kernels");
        Write(Path.Combine(kernels, ".net-csharp"), """{"argv":["theirs"],"display_name":".NET (C#)"}""");
        Write(Path.Combine(kernels, "concurrency-lab-csharp"), """{"argv":["/nowhere/dotnet","lab.dll"],"metadata":{"concurrency-lab":true}}""");

        var ended = await _machine.RunAsync("doctor");

        Assert.Contains("starts /nowhere/dotnet, which is not there -> ", Line(ended, "kernel"), StringComparison.Ordinal);
        Assert.Contains(".net-csharp is another kernel's (.NET (C#), ", Line(ended, "notebooks' kernel"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VS_Codes_extensions_are_told_apart_from_those_with_longer_names()
    {
        _machine.Install("code", "exit 1");
        foreach (var extension in (string[])["ms-toolsai.jupyter-renderers-1.3.0", "ms-dotnettools.csharp-2.1.0", "ms-python.python-2025.1.0"])
            Directory.CreateDirectory(Path.Combine(_machine.Home, ".vscode", "extensions", extension));
        Assert.Contains("without ms-toolsai.jupyter -> code --install-extension ms-toolsai.jupyter", Line(await _machine.RunAsync("doctor"), "VS Code"), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_machine.Home, ".vscode", "extensions", "ms-toolsai.jupyter-2025.4.1-linux-x64"));
        Assert.EndsWith("with all extensions", Line(await _machine.RunAsync("doctor"), "VS Code"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_programs_it_is_json_with_the_same_verdicts()
    {
        var ended = await _machine.RunAsync("doctor", "--json");

        var findings = JsonNode.Parse(ended.Output)!.AsArray();
        Assert.Equal(0, ended.ExitCode);
        Assert.All(findings, finding => Assert.Equal((string?)finding!["verdict"] == "Fine", finding["remedy"] is null));
        Assert.Contains(findings, finding => (string?)finding!["subject"] == "library" && (string?)finding["verdict"] == "Fine");
    }

    [Fact]
    public async Task Outside_of_a_clone_and_before_the_build_it_says_where_to_go_and_what_to_run()
    {
        var nowhere = new Patient("", _machine.Home, "dotnet");
        Assert.Equal(Verdict.Needed, (await Build.LibraryAsync(nowhere)).Verdict);

        var root = Directory.CreateDirectory(Path.Combine(_machine.Home, "clone")).FullName;
        var fresh = new Patient(root, _machine.Home, "dotnet");
        Assert.Equal(Patient.Build, (await Build.LibraryAsync(fresh)).Remedy);
        Assert.Equal(Patient.Build, (await Servers.CoffeeShopAsync(fresh)).Remedy);
    }

    [Fact]
    public async Task A_library_older_than_its_sources_is_told()
    {
        var root = Directory.CreateDirectory(Path.Combine(_machine.Home, "clone")).FullName;
        foreach (var file in (string[])["src/Workloads/Run.cs", "src/CoffeeShop/Menu.cs", "artifacts/lab/ConcurrencyLab.dll", "artifacts/lab/staged.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            await File.WriteAllTextAsync(Path.Combine(root, file), "", TestContext.Current.CancellationToken);
            File.SetLastWriteTimeUtc(Path.Combine(root, file), DateTime.UnixEpoch.AddDays(file.EndsWith("txt", StringComparison.Ordinal) ? 2 : 1));
        }
        var clone = new Patient(root, _machine.Home, "dotnet");
        Assert.Equal(Verdict.Fine, (await Build.LibraryAsync(clone)).Verdict);

        File.SetLastWriteTimeUtc(Path.Combine(root, "src/CoffeeShop/Menu.cs"), DateTime.UnixEpoch.AddDays(3));
        Assert.Contains("older than its sources", (await Build.LibraryAsync(clone)).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_look_that_throws_or_hangs_is_a_finding()
    {
        var patient = new Patient("", _machine.Home, "dotnet");
        var throws = await Examination.FindAsync(new("x", Verdict.Needed, _ => throw new IOException("broken")), patient, TimeSpan.FromMinutes(1));
        Assert.Equal(("x", Verdict.Needed, "could not be looked at: broken"), (throws.Subject, throws.Verdict, throws.Seen));

        using var never = new ManualResetEventSlim();
        var hangs = await Examination.FindAsync(new("y", Verdict.Optional, _ => { never.Wait(); return Task.FromResult(throws); }), patient, TimeSpan.FromMilliseconds(50));
        never.Set();
        Assert.Equal(("y", Verdict.Optional), (hangs.Subject, hangs.Verdict));
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_killed_with_what_it_started()
    {
        var pid = Path.Combine(_machine.Home, "pid");
        var sleeper = _machine.Install("sleeper", $"/bin/sleep 600 & echo $! > '{pid}'; wait");

        // Long enough for the shell to have written its child's number, however busy the machine is.
        var probe = await Probe.AskAsync(sleeper, [], limit: TimeSpan.FromSeconds(5));

        Assert.Equal((true, "does not answer in 5 s"), (probe.IsLate, probe.Fault));
        var child = int.Parse(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
        // Killed is not yet gone: whoever inherits it has to notice.
        Assert.True(SpinWait.SpinUntil(() => !Processes.IsAlive(child), TimeSpan.FromSeconds(20)));
    }

    private static string Line(LabProgram.Ended ended, string subject) =>
        Assert.Single(ended.Output.Split('\n'), line => line.Length > 10 && line[10..].StartsWith(subject + " ", StringComparison.Ordinal) && line[(10 + subject.Length)..].StartsWith("  ", StringComparison.Ordinal));

    private static void Write(string folder, string spec)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kernel.json"), spec);
    }
}
