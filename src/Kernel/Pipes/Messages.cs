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
public abstract record Request
{
    /// <summary>Open a session; <see cref="Report.Ready"/> is the answer.</summary>
    /// <param name="Folder">The notebook's.</param>
    public sealed record Open(string Folder) : Request;

    /// <summary>Run a cell; <see cref="Report.Finished"/> is the answer.</summary>
    /// <param name="Number">The number by which messages name it.</param>
    /// <param name="Source">Its code.</param>
    /// <param name="Language">The language that the notebook says it is in; null for the session's own.</param>
    public sealed record Execute(int Number, string Source, string? Language = null) : Request;

    /// <summary>Ask the running cell to stop; without one it means nothing.</summary>
    public sealed record Interrupt : Request;

    /// <summary>End; there are no more cells.</summary>
    public sealed record Close : Request;
}

/// <summary>What the process of a chapter tells the runner.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "report")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(Finished), "finished")]
public abstract record Report
{
    /// <summary>The session is open.</summary>
    public sealed record Ready : Report;

    /// <summary>The running cell shows something.</summary>
    /// <param name="Output">What.</param>
    public sealed record Shown(CellOutput Output) : Report;

    /// <summary>A cell has come to its end.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Result">What became of it.</param>
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
