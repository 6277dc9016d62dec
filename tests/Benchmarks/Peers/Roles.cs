using System.Globalization;
using ConcurrencyLab.Benchmarks.Parts;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>What another process of this program can be started for.</summary>
internal static class Roles
{
    internal static Task<int> PlayAsync(string role, string[] arguments) => (role, arguments) switch
    {
        ("ceiling", [var work, var items]) => Computing.PlayCeilingAsync(work, Number(items)),
        ("orders", [var address, var count, var milliseconds]) => Waiting.PlayOrdersAsync(address, Number(count), Number(milliseconds)),
        ("million", [var kind, var count, var seconds]) => Million.PlayAsync(kind, Number(count), Number(seconds)),
        _ => throw new ArgumentException($"There is no role {role} {string.Join(' ', arguments)}."),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
