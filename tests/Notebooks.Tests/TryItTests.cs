using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>What a chapter's "Try it" proposes, taken literally.</summary>
public class TryItTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_sleep_before_the_await_of_chapter_01_stops_the_clock_and_not_the_program()
    {
        var chapter = Chapters.Read("01-what-is-concurrency");
        Assert.Contains("Put `Thread.Sleep(100);` before the `await` in the loop below", Source("try"), StringComparison.Ordinal);
        await using var session = new CSharpSession(new SessionOptions { WorkingFolder = Paths.Notebooks });
        await RunAsync(Source("start"));
        await RunAsync(Source("frozen-code"));
        await RunAsync(Source("yours").Replace("await ", "Thread.Sleep(100); await ", StringComparison.Ordinal));
        Assert.Equal("True", await RunAsync("(yours.LongestGap.TotalMilliseconds > 95).ToString()"));

        string Source(string id) => chapter.Cells.Single(cell => cell.Id == id).Source;

        async Task<string?> RunAsync(string source)
        {
            var outputs = new List<CellOutput>();
            var result = await session.ExecuteAsync(new Cell(source, 1), outputs.Add, TestContext.Current.CancellationToken).WaitAsync(Limit);
            Assert.True(result.Succeeded, result.Error is null ? "" : string.Join('\n', result.Error.Traceback));
            return outputs.OfType<DisplayOutput>().LastOrDefault()?.Data["text/plain"]?.ToString();
        }
    }

    [Fact]
    public async Task A_crash_without_a_process_around_it_costs_chapter_06_its_interpreter_and_no_more()
    {
        PythonNotebook.NeedsPython();
        var chapter = Chapters.Read("06-processes");
        Assert.Contains("Call `brew(13)` in a Python cell", chapter.Cells.Single(cell => cell.Id == "try").Source, StringComparison.Ordinal);
        await using var session = new CSharpSession(new SessionOptions { WorkingFolder = Paths.Notebooks });
        foreach (var id in new[] { "python-memory", "python-crash" }) Assert.Null((await RunAsync(chapter.Cells.Single(cell => cell.Id == id).Source)).Error);

        var crash = await RunAsync("#!python\nbrew(13)");

        Assert.Contains("ended itself with exit code 1; its variables are gone", crash.Error!.Message, StringComparison.Ordinal);
        Assert.Null((await RunAsync("#!python\n1 + 1")).Error);

        Task<CellResult> RunAsync(string source) => session.ExecuteAsync(new Cell(source, 1), _ => { }, TestContext.Current.CancellationToken).WaitAsync(Limit);
    }
}
