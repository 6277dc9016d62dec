using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What <c>measured.py</c> says of one repeat.</summary>
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
            throw new PythonException($"Python's answer is no {typeof(T).Name}: {wrong.Message}");
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

        var names = Spans.OrderBy(piece => piece[2].GetDouble()).Select(piece => piece[0].GetString()!).Distinct().ToList();
        Span[] spans =
        [
            .. Spans.Select(piece => new Span(
                piece[1].GetString()!,
                names.IndexOf(piece[0].GetString()!),
                TimeSpan.FromSeconds(piece[2].GetDouble()),
                TimeSpan.FromSeconds(piece[3].GetDouble()),
                piece[4].GetString() switch { "blocked" => SpanKind.WaitingOnThread, "waiting" => SpanKind.Waiting, _ => SpanKind.Running }))
                .OrderBy(span => span.Start).ThenBy(span => span.Lane),
        ];
        var lanes = names.Select(name => new Lane(name.StartsWith("process", StringComparison.Ordinal) ? LaneKind.Process : LaneKind.Thread, name));
        var items = spans.GroupBy(span => (span.Item, span.Lane))
            .Select(item => new ItemLatency(item.Key.Item, item.Min(span => span.Start), item.Max(span => span.End)))
            .OrderBy(item => item.Start);
        return new Timeline(run, TimeSpan.FromSeconds(Wall), [.. lanes], spans, [.. items]);
    }
}
