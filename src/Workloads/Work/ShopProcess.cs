using System.Diagnostics;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>The shop's process.</summary>
/// <param name="Child">It takes the end of its input, which comes however we end, as its closing time; orders in flight are lost.</param>
/// <param name="Address">Where it answers, such as <c>http://127.0.0.1:46431</c>.</param>
internal sealed record ShopProcess(ChildProcess Child, string Address)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Starts a shop and waits until it takes orders.</summary>
    /// <exception cref="FileNotFoundException">The shop's program or the dotnet command is missing.</exception>
    /// <exception cref="InvalidOperationException">It did not open; the message says what it said.</exception>
    public static ShopProcess Start() => StartOnce(isLastTry: false) ?? StartOnce(isLastTry: true)!;

    /// <summary>Null when it ended without a word: an interrupt meant for a cell can hit the child before it has learnt to ignore it.</summary>
    private static ShopProcess? StartOnce(bool isLastTry) => ChildProcess.Start(new ProcessStartInfo(DotnetHost.Path, ["exec", ShopLocation.Find()])).OrDispose(child =>
    {
        // Read on this thread and not asynchronously: a pool whose threads all wait for the shop has none left to read.
        // Killing the child at the time limit ends the read.
        string? line;
        var late = false;
        using (new Timer(_ => { late = true; child.Kill(); }, null, StartTimeout, Timeout.InfiniteTimeSpan)) line = child.Output.ReadLine();
        if (late) throw new InvalidOperationException($"The coffee shop did not open within {StartTimeout.TotalSeconds:0} s: the machine may be busy; run the cell again.");
        if (line is not null) return new ShopProcess(child, JsonSerializer.Deserialize(line, ShopJson.Default.ShopReady)!.Address);
        var (code, lines) = child.LastWordsAsync().GetAwaiter().GetResult();
        var said = string.Join('\n', lines);
        if (said.Length > 0 || isLastTry) throw new InvalidOperationException($"The coffee shop ended{code} before it opened{(said.Length == 0 ? "." : ": " + said)}");
        child.Dispose();
        return null;
    });
}
