using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Session;

namespace ConcurrencyLab.Kernel.Pipes;

/// <summary>What the runner tells the process of a chapter.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
[JsonDerivedType(typeof(Close), "close")]
internal abstract record Request
{
    public sealed record Open(string Folder) : Request;

    /// <summary>Run a cell; <see cref="Report.Finished"/> is the answer.</summary>
    public sealed record Execute(int Number, string Source, string? Language = null) : Request;

    /// <summary>Ask the running cell to stop; without one it means nothing.</summary>
    public sealed record Interrupt : Request;

    public sealed record Close : Request;
}

/// <summary>What the process of a chapter tells the runner.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "report")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Finished), "finished")]
internal abstract record Report
{
    public sealed record Ready : Report;

    public sealed record Shown(CellOutput Output) : Report;

    public sealed record Finished(int Number, CellResult Result) : Report;
}

internal static class MessageJson
{
    private static readonly Type[] Outputs = [typeof(StreamOutput), typeof(DisplayOutput), typeof(ClearOutput), typeof(ErrorOutput)];

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { TellOutputsApart } },
    };

    // The session's records know nothing of this wire, so their kinds are named here.
    private static void TellOutputsApart(JsonTypeInfo info)
    {
        if (info.Type != typeof(CellOutput)) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "output" };
        foreach (var output in Outputs) info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(output, output.Name));
    }
}
