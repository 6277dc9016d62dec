using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

public sealed class AssistantTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task A_question_that_cannot_be_answered_in_time_is_answered_with_nothing()
    {
        await _notebook.Succeed("var cups = 20;");
        var hurried = new CodeAssistant(_notebook.Chain, TimeSpan.Zero);
        Assert.Empty(hurried.Complete("cu", 2).Items);
        Assert.Null(hurried.Inspect("cups", 4));
        // This needs no services.
        Assert.Equal(["#!time"], hurried.Complete("#!ti", 4).Items.Select(item => item.Text));
    }

    [Fact]
    public void Services_that_cannot_be_loaded_are_a_line_in_the_log_and_no_answer()
    {
        var said = new List<string>();
        var broken = new CodeAssistant(null!, TimeSpan.FromMinutes(1), said.Add);
        Assert.Empty(broken.Complete("cu", 2).Items);
        Assert.Null(broken.Inspect("cups", 4));
        Assert.Equal(2, said.Count);
    }
}
