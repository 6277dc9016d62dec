using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Lab.Execution;

namespace ConcurrencyLab.Tests.Execution;

public class OutputCollectorTests
{
    private readonly OutputCollector _collector = new();

    public OutputCollectorTests() => _collector.Begin(3);

    [Fact]
    public void Text_of_one_stream_becomes_one_output_until_something_comes_between()
    {
        Add(new StreamOutput(false, "a"), new StreamOutput(false, "b\n"), new StreamOutput(true, "c"), new StreamOutput(false, "d"));

        Assert.Equal(["stdout:ab\n", "stderr:c", "stdout:d"], _collector.Outputs.Select(output => $"{output["name"]}:{output["text"]}"));
    }

    [Fact]
    public void A_result_carries_the_number_of_its_cell_and_a_display_does_not()
    {
        Add(Display("shown"), new DisplayOutput(new JsonObject { ["text/plain"] = "value" }, IsResult: true));

        Assert.Equal("display_data", _collector.Outputs[0]["output_type"]!.ToString());
        Assert.False(_collector.Outputs[0].ContainsKey("execution_count"));
        Assert.Equal(3, _collector.Outputs[1]["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void An_update_changes_what_an_earlier_cell_shows()
    {
        Add(Display("before", "progress"));
        var earlier = _collector.Outputs;
        _collector.Begin(4);
        Add(new DisplayOutput(new JsonObject { ["text/plain"] = "after" }, IsResult: false, "progress", IsUpdate: true));

        Assert.Equal("after", earlier[0]["data"]!["text/plain"]!.ToString());
        Assert.Empty(_collector.Outputs);
    }

    [Fact]
    public void Clearing_later_keeps_the_old_until_the_new_is_there()
    {
        Add(Display("old"), new ClearOutput(Wait: true));
        Assert.Single(_collector.Outputs);

        Add(Display("new"));
        Assert.Equal("new", Assert.Single(_collector.Outputs)["data"]!["text/plain"]!.ToString());

        Add(new ClearOutput(Wait: false));
        Assert.Empty(_collector.Outputs);
    }

    [Fact]
    public void A_cell_that_prints_for_ever_does_not_fill_the_memory()
    {
        for (var block = 0; block < 1000; block++) Add(new StreamOutput(false, new string('x', 1024)));

        var text = Assert.Single(_collector.Outputs)["text"]!.ToString();
        Assert.InRange(text.Length, OutputCollector.MostText, OutputCollector.MostText + 200);
        Assert.EndsWith("left the rest out]\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_traceback_is_kept_without_colours()
    {
        Add(new ErrorOutput("E", "message", ["\u001b[31mred\u001b[0m line"]));

        Assert.Equal("red line", Assert.Single(_collector.Outputs)["traceback"]![0]!.ToString());
    }

    private void Add(params CellOutput[] outputs)
    {
        foreach (var output in outputs) _collector.Add(output);
    }

    private static DisplayOutput Display(string text, string? id = null) => new(new JsonObject { ["text/plain"] = text }, IsResult: false, id);
}
