using System.Globalization;

namespace ConcurrencyLab;

/// <summary>The calling thread's own time since it began, as Linux keeps it (proc/thread-self/schedstat); zero elsewhere.</summary>
/// <param name="Running">Milliseconds on a core.</param>
/// <param name="Queued">Milliseconds in which it was ready to run but had no core: other programs had it.</param>
internal readonly record struct ThreadClock(double Running, double Queued)
{
    private const string File = "/proc/thread-self/schedstat";

    /// <summary>Whether the system tells.</summary>
    internal static bool IsKnown { get; } = Now.Running > 0;

    internal static ThreadClock Now
    {
        get
        {
            try
            {
                return System.IO.File.Exists(File)
                    && System.IO.File.ReadAllText(File).Split(' ') is [var running, var queued, ..]
                    && double.TryParse(running, CultureInfo.InvariantCulture, out var ran)
                    && double.TryParse(queued, CultureInfo.InvariantCulture, out var waited)
                    ? new ThreadClock(ran / 1e6, waited / 1e6)
                    : default;
            }
            catch (Exception untold) when (untold is IOException or UnauthorizedAccessException)
            {
                return default;
            }
        }
    }
}
