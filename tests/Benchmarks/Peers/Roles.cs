using System.Globalization;
using ConcurrencyLab.Benchmarks.Parts;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>What another process of this program can be started for.</summary>
internal static class Roles
{
    internal static int Play(string role, string[] arguments) => (role, arguments) switch
    {
        ("ceiling", [var work]) => Computing.PlayCeiling(work),
        ("orders", [var address, var count, var milliseconds]) => Waiting.PlayOrders(address, Number(count), Number(milliseconds)),
        ("requests", [var address, var warmUp, var count]) => Waiting.PlayRequests(address, warmUp, Number(count)),
        ("million", [var kind, var count, var seconds]) => Million.Play(kind, Number(count), Number(seconds)),
        _ => throw new ArgumentException($"There is no role {role} {string.Join(' ', arguments)}."),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
