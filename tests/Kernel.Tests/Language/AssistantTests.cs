using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

public sealed class AssistantTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task The_compiler_answers_while_the_editors_services_load()
    {
        await _notebook.Succeed("var cups = 20;");
        using var loading = new ManualResetEventSlim();
        var chain = _notebook.Chain;
        var assistant = new CodeAssistant(chain, () =>
        {
            loading.Wait(TestContext.Current.CancellationToken);
            return new EditorServices(() => chain.Foundation, chain.Options);
        });
        Assert.Contains(assistant.Complete("cu", 2).Items, item => item.Text == "cups");
        Assert.Equal("int cups", assistant.Describe("cups", 4));
        // Humps are the services' art.
        Assert.Empty(assistant.Complete("Console.WrL", 11).Items);
        loading.Set();
        await assistant.LatestQuestion;
        while (assistant.Complete("Console.WrL", 11).Items is not [{ Text: "WriteLine" }])
            await Task.Delay(10, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_compiler_answers_when_the_editors_services_fail()
    {
        await _notebook.Succeed("var cups = 20;");
        var assistant = new CodeAssistant(_notebook.Chain, () => throw new FileNotFoundException("Microsoft.CodeAnalysis.Features"));
        Assert.Contains(assistant.Complete("cu", 2).Items, item => item.Text == "cups");
        Assert.Equal("int cups", assistant.Describe("cups", 4));
        Assert.Null(assistant.Describe("unheardOf", 4));
    }
}
