using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Completion and inspection as a front end asks for them.</summary>
public sealed class QuestionTests(QuestionTests.Kernel kernel) : IClassFixture<QuestionTests.Kernel>
{
    private const string AreLoaded = "AppDomain.CurrentDomain.GetAssemblies().Any(loaded => loaded.GetName().Name == \"Microsoft.CodeAnalysis.Features\")";
    private readonly KernelProcess _kernel = kernel.Process;

    [Fact]
    public async Task A_name_of_an_earlier_cell_is_completed_and_inspected()
    {
        Execute("var cups = 20;");
        // A question that comes while the services still load may be answered with nothing.
        await Until.True(() => Matches(Complete("Console.WrL", 11).Content).SequenceEqual(["WriteLine"]), "Console.WrL is completed");

        var answer = Complete("/* \ud83d\ude00\ud83d\ude00 */ 1 + cu", 15).Content;
        Assert.Equal(["cups"], Matches(answer).Take(1));
        Assert.Equal((13, 15), ((int?)answer["cursor_start"], (int?)answer["cursor_end"]));
        var first = answer["metadata"]!["_jupyter_types_experimental"]![0]!;
        Assert.Equal("""{"text":"cups","type":"variable","signature":"int cups","start":13,"end":15}""", first.ToJsonString());

        KernelProcess.Send(_kernel.Shell, "inspect_request", new() { ["code"] = "cups", ["cursor_pos"] = 4, ["detail_level"] = 1 });
        var described = KernelProcess.Receive(_kernel.Shell, "inspect_reply").Content;
        Assert.True((bool?)described["found"]);
        Assert.Equal("(variable) int cups\n\nvar cups = 20;", (string?)described["data"]!["text/plain"]);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("Console.", 9999)]
    [InlineData("Console.", -3)]
    [InlineData("#!nonsense\n\"", 3)]
    [InlineData("}}}} ((( \" $\"{", 14)]
    [InlineData("\ud83d", 1)]
    public void No_question_is_without_an_answer(string code, int cursor)
    {
        Assert.Equal("ok", (string?)Complete(code, cursor).Content["status"]);
        KernelProcess.Send(_kernel.Shell, "inspect_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        Assert.Equal("ok", (string?)KernelProcess.Receive(_kernel.Shell, "inspect_reply").Content["status"]);
    }

    [Fact]
    public async Task The_editors_services_are_loaded_once_the_kernel_is_idle_and_not_while_cells_run()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from Linux's /proc.");
        using var fresh = new KernelProcess();
        // Sent together, so that the kernel is not idle between the two.
        KernelProcess.Send(fresh.Shell, "execute_request", new() { ["code"] = "1" });
        KernelProcess.Send(fresh.Shell, "execute_request", new() { ["code"] = $"if ({AreLoaded}) throw new Exception();" });
        Assert.Equal("ok", (string?)KernelProcess.Receive(fresh.Shell, "execute_reply").Content["status"]);
        Assert.Equal("ok", (string?)KernelProcess.Receive(fresh.Shell, "execute_reply").Content["status"]);
        await Until.True(() => File.ReadAllText($"/proc/{fresh.Process.Id}/maps").Contains("Microsoft.CodeAnalysis.Features.dll", StringComparison.Ordinal), "the services are loaded");
    }

    private static string[] Matches(JsonObject answer) => [.. answer["matches"]!.AsArray().Select(match => (string)match!)];

    private void Execute(string code)
    {
        KernelProcess.Send(_kernel.Shell, "execute_request", new() { ["code"] = code });
        Assert.Equal("ok", (string?)KernelProcess.Receive(_kernel.Shell, "execute_reply").Content["status"]);
    }

    private Message Complete(string code, int cursor)
    {
        KernelProcess.Send(_kernel.Shell, "complete_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        return KernelProcess.Receive(_kernel.Shell, "complete_reply");
    }

    /// <summary>One kernel for all questions.</summary>
    public sealed class Kernel : IDisposable
    {
        internal KernelProcess Process { get; } = new();

        public void Dispose() => Process.Dispose();
    }
}
