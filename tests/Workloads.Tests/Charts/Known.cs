using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>Small comparisons whose every figure is known.</summary>
internal static class Known
{
    public static Machine TwoCores { get; } = new(2, "a processor", 8, "an OS", ".NET 10.0", "workstation");

    public static MeasuringCost Cost { get; } = new(2000, 300);

    public static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    public static RunResult Run(
        string name, double[] wall, double processor, double? baseline, Timeline? timeline = null, Agreement agreement = Agreement.Same, int? workers = null)
    {
        var samples = wall.Select(ms => new Sample(ms, processor, 2048, 9)).ToList();
        return new RunResult(
            name, workers, samples, MedianInterval.Of(wall), MedianInterval.Of(wall.Select(_ => processor)),
            baseline is { } b ? MedianInterval.Of(wall.Select(ms => b / ms)) : null, timeline, agreement)
        {
            Language = LanguageOf(name),
        };
    }

    public static RunResult Failed(string name, string why) =>
        new(name, null, [], MedianInterval.None, MedianInterval.None, null, null, Agreement.NotChecked, why) { Language = LanguageOf(name) };

    private static string LanguageOf(string name) => name.StartsWith("Python", StringComparison.Ordinal) ? "Python 3" : RunResult.CSharp;

    public static Comparison Of(params RunResult[] runs) => new("Known figures", runs, TwoCores, Cost);

    /// <summary>Sequential 400 ms, async 50 ms, processes 800 ms, each three times.</summary>
    public static Comparison Three() => Of(
        Run("sequential", [398, 400, 404], 8, 400, Blocking("sequential", 1, 4)),
        Run("async", [48, 50, 53], 4, 400, Waiting("async", 4), workers: 2),
        Run("processes", [790, 800, 820], 900, 400, Blocking("processes", 2, 4), Agreement.Different));

    /// <summary>Each item runs 10 ms and then holds its thread for 90 ms.</summary>
    public static Timeline Blocking(string run, int threads, int items)
    {
        var spans = new List<Span>();
        for (var item = 0; item < items; item++)
        {
            var (lane, start) = (item % threads, item / threads * 100);
            spans.Add(new Span($"order {item + 1}", lane, Ms(start), Ms(start + 10), SpanKind.Running));
            spans.Add(new Span($"order {item + 1}", lane, Ms(start + 10), Ms(start + 100), SpanKind.WaitingOnThread));
        }

        return new Timeline(
            run, Ms(Math.Ceiling(items / (double)threads) * 100),
            [.. Enumerable.Range(1, threads).Select(i => new Lane(LaneKind.Thread, $"thread {i}"))],
            [.. spans.OrderBy(span => span.Start)],
            [.. Enumerable.Range(0, items).Select(i => new ItemLatency($"order {i + 1}", Ms(i / threads * 100), Ms(i / threads * 100 + 100)))]);
    }

    /// <summary>Items start 1 ms after each other on one thread and then wait 50 ms without it.</summary>
    public static Timeline Waiting(string run, int items)
    {
        var spans = Enumerable.Range(0, items).SelectMany(i => new[]
        {
            new Span($"order {i + 1}", 0, Ms(i), Ms(i + 1), SpanKind.Running),
            new Span($"order {i + 1}", 1, Ms(i + 1), Ms(i + 51), SpanKind.Waiting),
        });
        return new Timeline(
            run, Ms(items + 50), [new Lane(LaneKind.Thread, "thread 1"), new Lane(LaneKind.Waits, "waiting")],
            [.. spans.OrderBy(span => span.Start)],
            [.. Enumerable.Range(0, items).Select(i => new ItemLatency($"order {i + 1}", Ms(i), Ms(i + 51)))]);
    }

    public static Scaling Scaling(int cores, params int[] workers)
    {
        var empty = new Scaling("Known scaling", [], 0.1, TwoCores with { Cores = cores });
        return empty with
        {
            Points = [.. workers.Select(n => new ScalingPoint(
                n, MedianInterval.Of([1000 / empty.Predict(n)!.Value]), new MedianInterval(empty.Predict(n)!.Value, empty.Predict(n)!.Value * 0.9, empty.Predict(n)!.Value * 1.1, 0.95, 7)))],
        };
    }

    public static JsonObject Json(Figure figure) => JsonNode.Parse(figure.PlotlyJson)!.AsObject();

    public static List<JsonObject> Traces(Figure figure) => [.. Json(figure)["data"]!.AsArray().Select(trace => trace!.AsObject())];

    public static double[] Numbers(JsonNode? array) => [.. array!.AsArray().Where(value => value is not null).Select(value => value!.GetValue<double>())];
}
