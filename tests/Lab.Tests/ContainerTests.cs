using System.Diagnostics;
using System.Text.Json;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests;

/// <summary>What the dev container's scripts and settings do that a container alone would show too late.</summary>
public sealed class ContainerTests : IDisposable
{
    private static readonly string Settings = Path.Combine(Paths.Root, ".devcontainer", "devcontainer.json");
    private readonly PreparedMachine _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("run", 0, "made all the same")]
    [InlineData("install", 1, "")]
    [InlineData("build", 1, "")]
    [InlineData("nothing", 0, "")]
    public async Task A_chapter_that_fails_is_told_and_ends_no_later_step(string failing, int expected, string said)
    {
        _machine.Install("dotnet", $"case \" $* \" in *\" {failing} \"*) exit 1 ;; esac");
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(Paths.Root, ".devcontainer", "update-content.sh")]) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{_machine.Commands}:/usr/bin:/bin";
        using var script = Process.Start(start)!;
        var errors = await script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(LabProgram.Longest);
        await script.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, script.ExitCode);
        Assert.Contains(said, errors, StringComparison.Ordinal);
        Assert.Equal(said.Length == 0, errors.Length == 0);
    }

    [Fact]
    public void Its_settings_are_those_that_count_there()
    {
        using var container = JsonDocument.Parse(File.ReadAllText(Settings), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var customizations = container.RootElement.GetProperty("customizations");
        var settings = customizations.GetProperty("vscode").GetProperty("settings");

        Assert.Equal("disable", settings.GetProperty("dotnet.defaultSolution").GetString());
        // Opened before the notebook editor's extension is there, a notebook is shown as JSON.
        Assert.All(customizations.GetProperty("codespaces").GetProperty("openFiles").EnumerateArray(), file => Assert.DoesNotContain(".ipynb", file.GetString(), StringComparison.Ordinal));
        // Of application scope: it counts among the user's own settings only.
        Assert.All([Settings, Path.Combine(Paths.Root, ".vscode", "settings.json")], file => Assert.DoesNotContain("completionTriggerCharacters", File.ReadAllText(file), StringComparison.Ordinal));
    }
}
