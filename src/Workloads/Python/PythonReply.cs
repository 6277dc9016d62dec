using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>One line of a script's output: what <c>measured.py</c> says of one repeat.</summary>
/// <param name="Wall">Seconds on the wall clock.</param>
/// <param name="Processor">Processor time in seconds, of the interpreter and of its ended child processes.</param>
/// <param name="Answer">What the work returned.</param>
/// <param name="Memory">The most memory the interpreter had resident so far, in bytes; null where the system does not tell.</param>
/// <param name="Spans">Pieces of its timeline: lane, item, start and end in seconds since the repeat began, kind.</param>
/// <param name="Error">Why there is no answer; null when there is one.</param>
internal sealed record PythonReply(double Wall, double Processor, JsonElement Answer, long? Memory, IReadOnlyList<JsonElement>? Spans, string? Error)
{
    /// <exception cref="PythonException">The answer has another shape.</exception>
    internal T AnswerAs<T>()
    {
        try
        {
            return Answer.Deserialize<T>(Answers.Json)!;
        }
        catch (JsonException wrong)
        {
            throw new PythonException($"The script's answer is no {typeof(T).Name}: {wrong.Message}");
        }
    }

    internal Reading ToReading(string run) =>
        // What .NET counts of itself says nothing of another process.
        new(new Sample(Wall * 1000, Processor * 1000, double.NaN, 0), Answer, ToTimeline(run));

    private Timeline? ToTimeline(string run)
    {
        if (Spans is not { Count: > 0 })
        {
            return null;
        }

        var lanes = new List<Lane>();
        var spans = new List<Span>();
        foreach (var piece in Spans.OrderBy(piece => piece[2].GetDouble()))
        {
            var name = piece[0].GetString()!;
            var lane = lanes.FindIndex(known => known.Name == name);
            if (lane < 0)
            {
                lane = lanes.Count;
                lanes.Add(new Lane(name.StartsWith("process", StringComparison.Ordinal) ? LaneKind.Process : LaneKind.Thread, name));
            }

            var kind = piece[4].GetString() switch { "blocked" => SpanKind.WaitingOnThread, "waiting" => SpanKind.Waiting, _ => SpanKind.Running };
            spans.Add(new Span(piece[1].GetString()!, lane, TimeSpan.FromSeconds(piece[2].GetDouble()), TimeSpan.FromSeconds(piece[3].GetDouble()), kind));
        }

        spans.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Lane.CompareTo(b.Lane));
        var items = spans.GroupBy(span => (span.Item, span.Lane))
            .Select(item => new ItemLatency(item.Key.Item, item.Min(span => span.Start), item.Max(span => span.End)))
            .OrderBy(item => item.Start);
        return new Timeline(run, TimeSpan.FromSeconds(Wall), lanes, spans, [.. items]);
    }
}
