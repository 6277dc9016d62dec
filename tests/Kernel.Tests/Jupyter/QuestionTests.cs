using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Completion and inspection as a front end asks for them.</summary>
public sealed class QuestionTests : IDisposable
{
    private readonly KernelProcess _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public async Task The_editors_services_are_loaded_by_the_first_question_and_not_before()
    {
        Execute("var cups = 20;");
        if (OperatingSystem.IsLinux()) Assert.DoesNotContain("Microsoft.CodeAnalysis.Features.dll", await Mapped(), StringComparison.Ordinal);
        // Whoever answers the first one.
        Assert.Contains("cups", Matches(Complete("cu", 2)));
        while (!Matches(Complete("Console.WrL", 11)).SequenceEqual(["WriteLine"]))
            await Task.Delay(10, TestContext.Current.CancellationToken);
        if (OperatingSystem.IsLinux()) Assert.Contains("Microsoft.CodeAnalysis.Features.dll", await Mapped(), StringComparison.Ordinal);

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
        Execute("1 + 1");
        Assert.Equal("ok", (string?)Complete(code, cursor).Content["status"]);
        KernelProcess.Send(_kernel.Shell, "inspect_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        Assert.Equal("ok", (string?)KernelProcess.Receive(_kernel.Shell, "inspect_reply").Content["status"]);
    }

    private static string[] Matches(Message answer) => Matches(answer.Content);

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

    private Task<string> Mapped() => File.ReadAllTextAsync($"/proc/{_kernel.Process.Id}/maps", TestContext.Current.CancellationToken);
}
