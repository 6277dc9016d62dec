using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// How long a judge waits for what a right attempt does. A right one does it as soon as it gets a core, so the time decides
/// about wrong ones only; and where other programs have the cores, a judge waits longer and says so instead of refusing.
/// </summary>
internal static class JudgeWait
{
    private const int LongestOnBusyMachine = 3; // times as long
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether it came in time; holds the calling thread, and needs no other to come back.</summary>
    internal static bool Sees(Task sign)
    {
        for (var time = 0; time < LongestOnBusyMachine; time++)
        {
            if (sign.Wait(Usual)) return true;
            if (!IsMachineBusy()) break;
        }

        return sign.IsCompleted;
    }

    /// <summary>Whether it came in time, well or badly.</summary>
    /// <param name="sign">What is waited for.</param>
    /// <param name="atLeast">How long at least, when not the usual time.</param>
    internal static async Task<bool> SeesAsync(Task sign, TimeSpan? atLeast = null)
    {
        for (var time = 0; time < LongestOnBusyMachine; time++)
        {
            if (await Task.WhenAny(sign, Task.Delay(atLeast ?? Usual)).ConfigureAwait(false) == sign) return true;
            if (!IsMachineBusy()) break;
        }

        return sign.IsCompleted;
    }

    /// <summary>For what was <em>not</em> seen: on a busy machine that is no proof, and the verdict says so.</summary>
    internal static string UnlessBusy(string wrong) => IsMachineBusy() ? TryAgain(wrong) : wrong;

    /// <summary>What a busy machine's verdict says.</summary>
    internal static string TryAgain(string seen) => $"Machine busy, try again: other work has the cores, and this is only what it looked like. {seen}";

    /// <summary>Whether a thread that wants to compute gets less than most of a core.</summary>
    internal static bool IsMachineBusy()
    {
        var (clock, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        while (clock.Elapsed < Glance) Thread.SpinWait(100);
        return Environment.CpuUsage.TotalTime - before < clock.Elapsed * 0.75;
    }
}
