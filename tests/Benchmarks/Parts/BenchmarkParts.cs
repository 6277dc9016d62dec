using ConcurrencyLab.Benchmarks.Report;

namespace ConcurrencyLab.Benchmarks.Parts;

/// <summary>What can be measured, in the order in which it is.</summary>
internal static class BenchmarkParts
{
    internal static IReadOnlyList<(string Name, Func<string, Task<Part>> Measure)> All { get; } =
    [
        ("truth", _ => Truth.MeasureAsync()),
        ("recording", _ => Recording.MeasureAsync()),
        ("computing", _ => Computing.MeasureAsync()),
        ("python", _ => BesidePython.MeasureAsync()),
        ("waiting", _ => Waiting.MeasureAsync()),
        ("million", _ => Million.MeasureAsync()),
        ("overhead", _ => Overhead.MeasureAsync()),
        ("scaling", ScalingOfParts.MeasureAsync),
        ("schedules", _ => Schedules.MeasureAsync()),
        ("kernel", _ => KernelBesideIPython.MeasureAsync()),
        ("book", _ => Book.MeasureAsync()),
    ];
}
