using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>Says on the wire what a cell shows.</summary>
internal sealed class OutputPublisher(Channels channels, Message request, int executionCount)
{
    /// <summary>Publishes one output as a report on the request.</summary>
    public void Show(CellOutput output) => channels.Publish(output switch
    {
        StreamOutput text => request.Answer("stream", new() { ["name"] = text.IsError ? "stderr" : "stdout", ["text"] = text.Text }),
        DisplayOutput { IsResult: true } value => request.Answer("execute_result", new()
        {
            ["execution_count"] = executionCount,
            ["data"] = value.Data.DeepClone(),
            ["metadata"] = new JsonObject(),
        }),
        DisplayOutput shown => request.Answer(shown.IsUpdate ? "update_display_data" : "display_data", new()
        {
            ["data"] = shown.Data.DeepClone(),
            ["metadata"] = new JsonObject(),
            ["transient"] = shown.DisplayId is { } id ? new JsonObject { ["display_id"] = id } : new JsonObject(),
        }),
        ClearOutput clear => request.Answer("clear_output", new() { ["wait"] = clear.Wait }),
        ErrorOutput error => request.Answer("error", Error(error)),
        _ => throw new InvalidOperationException($"There is no message for {output.GetType().Name}."),
    });

    /// <summary>An error as both the <c>error</c> message and the reply state it.</summary>
    public static JsonObject Error(ErrorOutput error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };
}
