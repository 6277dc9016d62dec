using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab;

/// <summary>Looks at the answer of a run and compares those of two.</summary>
internal static class Answers
{
    // Adding doubles in another order changes the last bits; anything beyond that is another answer.
    private const double RoundingTolerance = 1e-9;

    /// <summary>How answers of another language are read and ours are written to be compared with them.</summary>
    internal static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNameCaseInsensitive = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>True when two answers are the same: part by part for sequences, by value for the rest.</summary>
    internal static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => ReferenceEquals(left, right),
        (double a, double b) => Close(a, b),
        (float a, float b) => Close(a, b),
        (JsonElement a, JsonElement b) => SameJson(a, b),
        (JsonElement a, _) => SameJson(a, ToJson(right)),
        (_, JsonElement b) => SameJson(ToJson(left), b),
        _ when Parts(left) is { } a && Parts(right) is { } b =>
            a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        _ => left.Equals(right),
    };

    /// <summary>Refuses what says that the work was not done: its time would be that of something else.</summary>
    /// <exception cref="ItemException">Items failed.</exception>
    /// <exception cref="InvalidOperationException">The answer is still to be worked out.</exception>
    internal static void Check(object? answer)
    {
        if (answer is IAnswer { Failure: { } failure }) throw new ItemException(failure, null);
        if (IsTask(answer)) throw new InvalidOperationException("Its answer is a task that nobody awaited: await it, several of them with await Task.WhenAll(...).");
        if (IsLazy(answer)) throw new InvalidOperationException("Its answer is a sequence that does nothing until it is read: end it with .ToArray(), or await .ToArrayAsync().");
        // A sequence's items are alike: the first one tells of all.
        if (answer is IEnumerable items and not string) Check(items.Cast<object?>().FirstOrDefault());
    }

    private static bool IsTask(object? answer) => answer is Task or ValueTask || Is(answer, typeof(ValueTask<>));

    private static bool IsLazy(object? answer) => answer switch
    {
        null or string or ICollection => false,
        IEnumerable => !HasCount(answer),
        _ => Is(answer, typeof(IAsyncEnumerable<>)),
    };

    private static bool HasCount(object answer) => Is(answer, typeof(ICollection<>)) || Is(answer, typeof(IReadOnlyCollection<>));

    private static bool Is(object? answer, Type generic) => answer?.GetType() is { } type
        && type.GetInterfaces().Prepend(type).Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == generic);

    private static List<object?>? Parts(object answer) => answer switch
    {
        IAnswer parts => [.. parts.Parts],
        string => null,
        IEnumerable sequence => [.. sequence.Cast<object?>()],
        _ => null,
    };

    /// <summary>Another language's answer came as JSON: ours is written as it would be there.</summary>
    private static JsonElement ToJson(object answer) =>
        JsonSerializer.SerializeToElement(answer is IAnswer parts ? parts.Parts : answer, Json);

    private static bool SameJson(JsonElement a, JsonElement b) => (a.ValueKind, b.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => Close(a.GetDouble(), b.GetDouble()),
        (JsonValueKind.Array, JsonValueKind.Array) => a.GetArrayLength() == b.GetArrayLength()
            && a.EnumerateArray().Zip(b.EnumerateArray()).All(pair => SameJson(pair.First, pair.Second)),
        (JsonValueKind.Object, JsonValueKind.Object) => a.EnumerateObject().Count() == b.EnumerateObject().Count()
            && a.EnumerateObject().All(property => b.TryGetProperty(property.Name, out var other) && SameJson(property.Value, other)),
        (JsonValueKind.String, JsonValueKind.String) => a.GetString() == b.GetString(),
        var (one, two) => one == two,
    };

    private static bool Close(double a, double b) =>
        a.Equals(b) || Math.Abs(a - b) <= RoundingTolerance * Math.Max(Math.Abs(a), Math.Abs(b));
}
