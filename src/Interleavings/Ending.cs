namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Ends threads that may be in the middle of users' code, gently at first. What waits is interrupted; what loops is aborted
/// by the runtime's <see cref="System.Runtime.ControlledExecution"/>. Neither does the other's job, and code may catch what
/// interrupts it, so both are tried for a while.
/// </summary>
internal static class Ending
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the threads have ended, or gives up after seconds; they are background threads.</summary>
    public static void Of(IReadOnlyList<Thread> threads, CancellationTokenSource abort)
    {
        if (threads.All(thread => thread.Join(20)))
        {
            return;
        }

        // Cancelling waits until the aborted thread has ended, which it may do only after an interruption from here.
        var aborting = new Thread(abort.Cancel) { IsBackground = true, Name = "ending" };
        var end = Environment.TickCount64 + (long)EndTimeout.TotalMilliseconds;
        for (var attempt = 0; Environment.TickCount64 < end; attempt++)
        {
            if (attempt == 2)
            {
                aborting.Start();
            }

            foreach (var thread in threads)
            {
                thread.Interrupt();
            }

            if (threads.All(thread => thread.Join(50)))
            {
                break;
            }
        }

        if ((aborting.ThreadState & ThreadState.Unstarted) == 0)
        {
            aborting.Join(EndTimeout);
        }
    }
}
