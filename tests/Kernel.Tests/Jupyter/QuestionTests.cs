using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Completion and inspection as a front end asks for them.</summary>
public sealed class QuestionTests(SharedKernel kernel) : IClassFixture<SharedKernel>
{
    [Fact]
    public async Task A_name_of_an_earlier_cell_is_completed_and_inspected()
    {
        kernel.Execute("var cups = 20;");
        // A question that comes while the services still load, or this machine has more to do, may be answered with nothing.
        JsonObject answer = [];
        await Until.True(() => Matches(answer = Complete("/* \ud83d\ude00\ud83d\ude00 */ 1 + cu", 15).Content).Length > 0, "a completion");
        Assert.Equal("cups", Matches(answer)[0]);
        Assert.Equal((13, 15), ((int?)answer["cursor_start"], (int?)answer["cursor_end"]));
        var first = answer["metadata"]!["_jupyter_types_experimental"]![0]!;
        Assert.Equal("""{"text":"cups","type":"variable","signature":"int cups","start":13,"end":15}""", first.ToJsonString());

        JsonObject described = [];
        await Until.True(() => (bool?)(described = Inspect("cups", 4).Content)["found"] is true, "an inspection");
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
        Assert.Equal("ok", (string?)Inspect(code, cursor).Content["status"]);
    }

    private static string[] Matches(JsonObject answer) => [.. answer["matches"]!.AsArray().Select(match => (string)match!)];

    private Message Complete(string code, int cursor)
    {
        KernelProcess.Send(kernel.Process.Shell, "complete_request", new() { ["code"] = code, ["cursor_pos"] = cursor });
        return KernelProcess.Receive(kernel.Process.Shell, "complete_reply");
    }

    private Message Inspect(string code, int cursor)
    {
        KernelProcess.Send(kernel.Process.Shell, "inspect_request", new() { ["code"] = code, ["cursor_pos"] = cursor, ["detail_level"] = 1 });
        return KernelProcess.Receive(kernel.Process.Shell, "inspect_reply");
    }
}
