using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests.Session;

/// <summary>Tasks as values: an <c>await</c> was forgotten.</summary>
public sealed class TaskValueTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Theory]
    [InlineData("Task.FromResult(42)", "Task: RanToCompletion, result 42. Put await before it to get the result.")]
    [InlineData("Task.FromResult(new[] { 1, 2 })", "Task: RanToCompletion, result [ 1, 2 ]. Put await before it to get the result.")]
    [InlineData("Task.FromResult(Enumerable.Range(0, 3).Where(i => i > 0))", "Task: RanToCompletion, result a sequence that has not been read. Put await before it to get the result.")]
    [InlineData("Task.CompletedTask", "Task: RanToCompletion. Put await before it.")]
    [InlineData("async Task Nothing() => await Task.Yield();\nvar nothing = Nothing();\nawait nothing;\nnothing", "Task: RanToCompletion. Put await before it.")]
    [InlineData("new TaskCompletionSource<int>().Task", "Task: WaitingForActivation, not finished. Put await before it.")]
    [InlineData("Task.FromException(new TimeoutException(\"no <beans>\"))", "Task: Faulted, TimeoutException: no <beans>. Put await before it.")]
    [InlineData("Task.FromCanceled<int>(new System.Threading.CancellationToken(true))", "Task: Canceled. Put await before it.")]
    [InlineData("new ValueTask<int>(3)", "ValueTask: RanToCompletion. Put await before it.")]
    [InlineData("default(ValueTask)", "ValueTask: RanToCompletion. Put await before it.")]
    [InlineData("ValueTask.FromException<int>(new Exception())", "ValueTask: Faulted. Put await before it.")]
    public async Task A_task_shows_what_became_of_it_and_that_it_wants_an_await(string code, string text)
    {
        var shown = await _notebook.Succeed(code);
        Assert.Equal(text, shown.PlainValue);
        Assert.Equal(text, System.Net.WebUtility.HtmlDecode((string?)shown.Value.Data["text/html"]));
        // The value says it: no warning beside it.
        Assert.Single(shown.Outputs.OfType<DisplayOutput>());
    }

    [Fact]
    public async Task A_task_inside_a_value_is_shown_in_a_line_and_a_long_result_is_cut()
    {
        var list = (await _notebook.Succeed("new[] { new { Order = Task.FromResult(new string('x', 100_000)) } }")).Value.Data;
        foreach (var text in new[] { (string?)list["text/html"], (string?)list["text/plain"] })
        {
            Assert.Contains("Task: RanToCompletion, result xxx", text, StringComparison.Ordinal);
            Assert.InRange(text!.Length, 200, 3_000);
        }
    }
}
