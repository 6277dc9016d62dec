using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Events;

namespace ConcurrencyLab.Tests;

/// <summary>The language python in .NET Interactive, which a chapter's first cell adds there.</summary>
public sealed class PythonTests : IDisposable
{
    private const string First = "#r \"../artifacts/lab/ConcurrencyLab.dll\"\nusing ConcurrencyLab;\nChapter.Start()";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CompositeKernel _kernel = new() { new CSharpKernel().UseKernelHelpers().UseWho().UseValueSharing() };

    public PythonTests()
    {
        _kernel.DefaultKernelName = "csharp";
        Directory.SetCurrentDirectory(Chapters.Folder);
    }

    public void Dispose() => _kernel.Dispose();

    [AllTierFact]
    public async Task A_chapters_first_cell_adds_the_language_once()
    {
        await RunAsync(First);
        await RunAsync("Chapter.Start()");

        Assert.Single(_kernel.ChildKernels, kernel => kernel.Name == "python");
    }

    [AllTierFact]
    public async Task State_lasts_values_are_shown_and_text_is_printed()
    {
        await RunAsync(First);
        await RunAsync("#!python\nx = 41");

        var events = await RunAsync("#!python\nprint('hot')\nx + 1");

        Assert.Equal("42", Assert.Single(events.OfType<ReturnValueProduced>()).FormattedValues.Single(value => value.MimeType == "text/plain").Value);
        Assert.Equal("hot\n", string.Concat(events.OfType<StandardOutputValueProduced>().Select(text => text.FormattedValues.Single().Value)));
    }

    [AllTierFact]
    public async Task An_error_names_the_line_that_the_reader_sees()
    {
        await RunAsync(First);

        var events = await RunAsync("#!python\n\n1 / 0", fails: true);

        var failed = Assert.Single(events.OfType<CommandFailed>());
        Assert.Contains("Cell 1, line 3, in <module>", failed.Message, StringComparison.Ordinal);
        Assert.Contains("ZeroDivisionError: division by zero", failed.Message, StringComparison.Ordinal);
    }

    [AllTierFact]
    public async Task Values_cross_by_name_both_ways()
    {
        await RunAsync(First);
        await RunAsync("#!python\nnumbers = [1, 2, 3]\ntable = [{'way': 'threads', 'seconds': 2}]");

        Assert.Equal("6", Shown(await RunAsync("#!share --from python numbers\nnumbers.Sum().ToString()")));
        Assert.Equal("threads", Shown(await RunAsync("#!share --from python table\n((string)table[0][\"way\"])")));
        await RunAsync("var words = new[] { \"a\", \"b\" };");
        Assert.Equal("['a', 'b']", Shown(await RunAsync("#!python\n#!share --from csharp words\nwords")));
        Assert.Equal("[1, 2, 3]", Shown(await RunAsync("#!python\n#!set --name other --value @python:numbers\nother")));
    }

    [AllTierFact]
    public async Task Code_in_CSharp_calls_a_function_of_a_Python_cell()
    {
        await RunAsync(First);
        await RunAsync("#!python\ndef serve(orders):\n    return orders * 2");

        var events = await RunAsync("""
            var ask = (Func<string, System.Threading.CancellationToken, Task<string>>)AppContext.GetData("Notebook.Python");
            System.Text.Json.Nodes.JsonNode.Parse(await ask("{\"request\":\"call\",\"function\":\"serve\",\"arguments\":{\"orders\":8}}", default))["answer"].ToString()
            """);

        Assert.Equal("16", Shown(events));
    }

    private static string Shown(IEnumerable<KernelEvent> events)
    {
        var values = Assert.Single(events.OfType<ReturnValueProduced>()).FormattedValues;
        return (values.FirstOrDefault(value => value.MimeType == "text/plain") ?? values.First()).Value;
    }

    private async Task<IReadOnlyList<KernelEvent>> RunAsync(string source, bool fails = false)
    {
        var result = await _kernel.SendAsync(new SubmitCode(source), TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.True(fails || !result.Events.OfType<CommandFailed>().Any(), string.Join('\n', result.Events.OfType<CommandFailed>().Select(failed => failed.Message)));
        return [.. result.Events];
    }
}
