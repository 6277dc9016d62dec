namespace ConcurrencyLab;

/// <summary>
/// Waits for the rest of this process to be quiet: the compiler still optimises in the background what the cells before
/// have run, and on few cores that would be measured as the user's work.
/// </summary>
internal static class Quiet
{
    private const double Busy = 0.2;

    // With tiers the compiler begins a tenth of a second after the last new method was called: a shorter silence proves
    // nothing. Without them nothing is compiled again.
    private static readonly int Enough = AppContext.TryGetSwitch("System.Runtime.TieredCompilation", out var tiers) && !tiers ? 1 : 3;
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when it is quiet, or after that long: a user's own background work may never end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static void Wait(TimeSpan longest, CancellationToken cancel)
    {
        var quiet = 0;
        for (var waited = TimeSpan.Zero; waited < longest && quiet < Enough; waited += Slice)
        {
            var before = Environment.CpuUsage.TotalTime;
            cancel.WaitHandle.WaitOne(Slice);
            cancel.ThrowIfCancellationRequested();
            quiet = Environment.CpuUsage.TotalTime - before < Slice * Busy ? quiet + 1 : 0;
        }
    }
}
