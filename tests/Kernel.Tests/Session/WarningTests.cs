using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests.Session;

public sealed class WarningTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task A_call_that_nobody_awaits_is_told_once_above_the_output_and_the_cell_runs()
    {
        var cell = await _notebook.Succeed("async Task Brew() => await Task.Yield();\nBrew();\nwhile (true) { Brew(); break; }\nConsole.WriteLine(\"done\");");
        Assert.Equal("done\n", cell.StandardOutput);
        Assert.Equal("", cell.StandardError);
        var said = Assert.IsType<DisplayOutput>(cell.Outputs[0]);
        Assert.Equal(["text/plain"], said.Data.Select(type => type.Key));
        var lines = ((string)said.Data["text/plain"]!).Split('\n');
        Assert.Equal(6, lines.Length);
        Assert.StartsWith("cell 1, line 2, column 1: warning CS4014: Because this call is not awaited", lines[0], StringComparison.Ordinal);
        Assert.Equal(["    Brew();", "    ^^^^^^"], lines[1..3]);
        // The user's own column, not that behind the loop's check.
        Assert.StartsWith("cell 1, line 3, column 16: warning CS4014", lines[3], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Task.Run(() => 1);", "CS4014")]
    [InlineData("async Task Brew() => await Task.Yield();\nasync Task Serve() { Brew(); await Task.Yield(); }", "CS4014")]
    [InlineData("int Size() { return 1; return 2; }", "CS0162")]
    [InlineData("[Obsolete(\"use Brew\")] void Old() { }\nOld();", "CS0618")]
    public async Task What_a_learner_can_act_on_is_told(string code, string warning) =>
        Assert.Contains($"warning {warning}", (string?)Assert.Single((await _notebook.Succeed(code)).Outputs.OfType<DisplayOutput>()).Data["text/plain"], StringComparison.Ordinal);

    [Theory]
    [InlineData("string? name = null;")]
    [InlineData("class Cup { public int Size; int _left; event Action Empty; }")]
    [InlineData("_ = Task.Run(() => 1);")]
    [InlineData("#pragma warning disable CS4014\nTask.Run(() => 1);")]
    [InlineData("using System;\nusing System.Linq;\nint unused = 1;")]
    [InlineData("static volatile int count;\nSystem.Threading.Interlocked.Increment(ref count);")]
    [InlineData("while (true) { if (DateTime.Now.Year > 1) break; }")]
    public async Task What_a_learner_cannot_act_on_is_not_told(string code) => Assert.Empty((await _notebook.Succeed(code)).Outputs);

    [Fact]
    public async Task Many_warnings_are_cut()
    {
        var cell = await _notebook.Succeed(string.Concat(Enumerable.Repeat("Task.Run(() => 1);\n", 12)));
        Assert.EndsWith("\n... and 7 more warnings", (string?)Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data["text/plain"], StringComparison.Ordinal);
    }
}
