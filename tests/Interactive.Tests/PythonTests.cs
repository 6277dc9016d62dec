namespace ConcurrencyLab.Tests;

/// <summary>The language python in .NET Interactive, which a chapter's first cell adds there.</summary>
public sealed class PythonTests : IAsyncLifetime
{
    private const string First = "#r \"../artifacts/lab/ConcurrencyLab.dll\"\nusing ConcurrencyLab;\nChapter.Start();";

    private Engine? _engine;

    public async ValueTask InitializeAsync()
    {
        _engine = await Engine.StartAsync(Engine.DotnetInteractive);
        await ShownAsync(First);
    }

    public ValueTask DisposeAsync() => _engine!.DisposeAsync();

    [AllTierFact]
    public async Task A_chapters_first_cell_adds_the_language_once()
    {
        await ShownAsync("Chapter.Start();");

        Assert.EndsWith(": 1", await ShownAsync("((Microsoft.DotNet.Interactive.CompositeKernel)Microsoft.DotNet.Interactive.Kernel.Root).ChildKernels.Count(kernel => kernel.Name == \"python\").ToString()"), StringComparison.Ordinal);
    }

    [AllTierFact]
    public async Task State_lasts_values_are_shown_and_text_is_printed()
    {
        await ShownAsync("#!python\nx = 41");

        Assert.Equal("out: hot\nvalue text/plain: 42", await ShownAsync("#!python\nprint('hot')\nx + 1"));
    }

    [AllTierFact]
    public async Task An_error_names_the_line_that_the_reader_sees()
    {
        var (shown, result) = await _engine!.RunAsync("#!python\n\n1 / 0");

        Assert.False(result.Succeeded, shown);
        var told = string.Join('\n', [result.Error!.Message, .. result.Error.Traceback]);
        Assert.Contains("Cell 1, line 3, in <module>", told, StringComparison.Ordinal);
        Assert.Contains("ZeroDivisionError: division by zero", told, StringComparison.Ordinal);
    }

    [AllTierFact]
    public async Task Values_cross_by_name_both_ways()
    {
        await ShownAsync("#!python\nnumbers = [1, 2, 3]\ntable = [{'way': 'threads', 'seconds': 2}]");

        Assert.EndsWith(": 6", await ShownAsync("#!share --from python numbers\nnumbers.Sum().ToString()"), StringComparison.Ordinal);
        Assert.EndsWith(": threads", await ShownAsync("#!share --from python table\n((string)table[0][\"way\"])"), StringComparison.Ordinal);
        await ShownAsync("var words = new[] { \"a\", \"b\" };");
        Assert.EndsWith(": ['a', 'b']", await ShownAsync("#!python\n#!share --from csharp words\nwords"), StringComparison.Ordinal);
        Assert.EndsWith(": [1, 2, 3]", await ShownAsync("#!python\n#!set --name other --value @python:numbers\nother"), StringComparison.Ordinal);
    }

    [AllTierFact]
    public async Task Code_in_CSharp_calls_a_function_of_a_Python_cell()
    {
        await ShownAsync("#!python\ndef serve(orders):\n    return orders * 2");

        Assert.EndsWith(": 16", await ShownAsync("(await Python.Run<int>(\"serve\", new { orders = 8 })).Value.ToString()"), StringComparison.Ordinal);
    }

    private async Task<string> ShownAsync(string source)
    {
        var (shown, result) = await _engine!.RunAsync(source);
        Assert.True(result.Succeeded, shown);
        return shown;
    }
}
