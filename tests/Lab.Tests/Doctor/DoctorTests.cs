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
    public async Task On_a_machine_with_everything_wrong_each_thing_is_told_for_programs_too()
    {
        _machine.Install("dotnet", "[ \"$1\" = --list-sdks ] && { echo '8.0.404 [/sdk]'; echo '9.0.100 [/sdk]'; exit 0; }\necho 'A compatible .NET SDK was not found.' >&2; exit 155");
        // Some fail, one talks for ever, one is a second name, one has no GIL.
        _machine.Install("python3", "while :; do echo 3.11.2 and more; done");
        _machine.Install("python3.10", "echo no asyncio here >&2; exit 1");
        _machine.Install("python3.11", "echo 3.11.2");
        _machine.Install("python", "echo 3.11.2");
        _machine.Install("python3.14t", "echo 3.14.0 free-threaded");
        _machine.Install("jupyter-lab", "kill -9 $$");
        await File.WriteAllTextAsync(_machine.Install("jupyter-notebook", ""), "neither script nor program", TestContext.Current.CancellationToken);
        var kernels = Path.Combine(_machine.Home, OperatingSystem.IsMacOS() ? "Library/Jupyter" : ".local/share/jupyter", "kernels");
        Write(Path.Combine(kernels, ".net-csharp"), """{"argv":["theirs"],"display_name":".NET (C#)"}""");
        Write(Path.Combine(kernels, "concurrency-lab-csharp"), """{"argv":["/nowhere/dotnet","lab.dll"],"metadata":{"concurrency-lab":true}}""");

        var ended = await _machine.RunAsync("doctor", "--json");

        Assert.Equal(1, ended.ExitCode);
        var findings = JsonNode.Parse(ended.Output)!.AsArray().ToDictionary(finding => (string)finding!["subject"]!, finding => finding!);
        Assert.All(findings.Values, finding => Assert.Equal((string?)finding["verdict"] == "Fine", finding["remedy"] is null));
        void Says(string subject, string verdict, string seen)
        {
            Assert.Equal(verdict, (string?)findings[subject]["verdict"]);
            Assert.Contains(seen, (string?)findings[subject]["seen"], StringComparison.Ordinal);
        }
        Says(".NET SDK", "Needed", "none that satisfies global.json (10.0.100, latestFeature); installed: 8.0.404, 9.0.100");
        Says("library", "Fine", "as new as its sources");
        Says("Python", "Fine", $"3.11.2 ({_machine.Commands}/python), 3.14.0 free-threaded ({_machine.Commands}/python3.14t)");
        Says("Jupyter", "Optional", "jupyter-lab ends with 137");
        Says("kernel", "Optional", "starts /nowhere/dotnet, which is not there");
        Says("notebooks' kernel", "Fine", ".net-csharp is another kernel's (.NET (C#), ");
    }

    [Fact]
    public void VS_Codes_extensions_are_told_apart_from_those_with_longer_names()
    {
        foreach (var extension in (string[])["ms-toolsai.jupyter-renderers-1.3.0", "ms-dotnettools.csharp-2.1.0", "ms-python.python-2025.1.0"])
            Directory.CreateDirectory(Path.Combine(_machine.Home, ".vscode", "extensions", extension));
        var lacking = ToolChecks.VSCode(new CheckContext("", _machine.Home));
        Assert.EndsWith("without ms-toolsai.jupyter", lacking.Seen, StringComparison.Ordinal);
        Assert.Equal("code --install-extension ms-toolsai.jupyter", lacking.Remedy);

        Directory.CreateDirectory(Path.Combine(_machine.Home, ".vscode", "extensions", "ms-toolsai.jupyter-2025.4.1-linux-x64"));
        Assert.Contains("with all extensions", ToolChecks.VSCode(new CheckContext("", _machine.Home)).Seen, StringComparison.Ordinal);
    }

    /// <summary>The setting counts among the user's own and nowhere else.</summary>
    [Theory]
    [InlineData(".config/Code", """{ "jupyter.completionTriggerCharacters": { "csharp": ["."] } }""", true)]
    [InlineData(".config/VSCodium", "{ // mine\n \"jupyter.completionTriggerCharacters\": { \"python\": [\".\"], \"csharp\": [\".\", \"(\"], }, }", true)]
    [InlineData("Library/Application Support/Code", """{ "jupyter.completionTriggerCharacters": { "csharp": ["."] } }""", true)]
    [InlineData("AppData/Roaming/Code", """{ "jupyter.completionTriggerCharacters": { "csharp": ["."] } }""", true)]
    [InlineData(".config/Code", """{ "jupyter.completionTriggerCharacters": { "python": ["."] } }""", false)]
    [InlineData(".config/Code", """{ "jupyter.completionTriggerCharacters": { "csharp": [] } }""", false)]
    [InlineData(".config/Code", """{ "jupyter.completionTriggerCharacters": "." }""", false)]
    [InlineData(".config/Code", "[", false)]
    [InlineData(".vscode-server/data/Machine", """{ "jupyter.completionTriggerCharacters": { "csharp": ["."] } }""", false)]
    public void Where_VS_Code_will_not_complete_the_user_setting_is_named(string folder, string settings, bool completes)
    {
        foreach (var extension in (string[])["ms-toolsai.jupyter-2025.4.1", "ms-toolsai.jupyter-renderers-1.3.0"])
            Directory.CreateDirectory(Path.Combine(_machine.Home, ".vscode", "extensions", extension));
        var user = Directory.CreateDirectory(Path.Combine(_machine.Home, folder, "User"));
        File.WriteAllText(Path.Combine(user.FullName, "settings.json"), settings);

        var finding = ToolChecks.VSCode(new CheckContext("", _machine.Home));

        Assert.Equal(completes ? Verdict.Fine : Verdict.Optional, finding.Verdict);
        if (!completes) Assert.StartsWith("add \"jupyter.completionTriggerCharacters\": { \"csharp\": [\".\"] } to the user settings", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Outside_of_a_clone_and_before_the_build_it_says_where_to_go_and_what_to_run()
    {
        Assert.Equal(Verdict.Needed, LabChecks.Library(new CheckContext("", _machine.Home)).Verdict);

        var fresh = new CheckContext(_machine.Home, _machine.Home);
        Assert.Equal(LabChecks.Build, LabChecks.Library(fresh).Remedy);
        Assert.Equal(LabChecks.Build, LabChecks.CoffeeShop(fresh).Remedy);
    }

    [Fact]
    public void A_library_older_than_its_sources_is_told()
    {
        foreach (var file in (string[])["src/Workloads/Run.cs", "src/Charting/Rows.cs", "artifacts/lab/ConcurrencyLab.dll", "artifacts/lab/staged.txt"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_machine.Home, file))!);
            File.WriteAllText(Path.Combine(_machine.Home, file), "");
            File.SetLastWriteTimeUtc(Path.Combine(_machine.Home, file), DateTime.UnixEpoch.AddDays(file.EndsWith("txt", StringComparison.Ordinal) ? 2 : 1));
        }
        var clone = new CheckContext(_machine.Home, _machine.Home);
        Assert.Equal(Verdict.Fine, LabChecks.Library(clone).Verdict);

        File.SetLastWriteTimeUtc(Path.Combine(_machine.Home, "src/Charting/Rows.cs"), DateTime.UnixEpoch.AddDays(3));
        Assert.Contains("older than its sources", LabChecks.Library(clone).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_that_throws_or_hangs_is_a_finding()
    {
        var context = new CheckContext("", _machine.Home);
        var throws = await Checks.RunAsync(new("x", Verdict.Needed, _ => throw new IOException("broken")), context, TimeSpan.FromMinutes(1));
        Assert.Equal(("x", Verdict.Needed, "could not be looked at: broken"), (throws.Subject, throws.Verdict, throws.Seen));

        using var never = new ManualResetEventSlim();
        var hangs = await Checks.RunAsync(new("y", Verdict.Optional, _ => { never.Wait(); return throws; }), context, TimeSpan.FromMilliseconds(50));
        never.Set();
        Assert.Equal(("y", Verdict.Optional), (hangs.Subject, hangs.Verdict));
    }

    [Fact]
    public void A_command_that_does_not_end_is_killed_with_what_it_started()
    {
        var pid = Path.Combine(_machine.Home, "pid");
        var sleeper = _machine.Install("sleeper", $"/bin/sleep 600 & echo $! > '{pid}'; wait");

        // Long enough for the shell to have written its child's number, however busy the machine is.
        var answer = Answer.To(sleeper, [], limit: TimeSpan.FromSeconds(5));

        Assert.Equal((true, "does not answer in 5 s"), (answer.IsLate, answer.Fault));
        var child = int.Parse(File.ReadAllText(pid), CultureInfo.InvariantCulture);
        // Killed is not yet gone: the process that inherits it has to notice.
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
