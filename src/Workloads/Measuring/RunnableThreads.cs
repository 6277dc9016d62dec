namespace ConcurrencyLab;

/// <summary>
/// The other threads of this process that have a processor or want one. On a machine that others keep busy a thread that
/// computes without end gets hardly any processor time; what it wants still shows.
/// </summary>
internal static class RunnableThreads
{
    private const string Tasks = "/proc/self/task";

    /// <summary>How many there are at this moment; null where the system does not tell (it is Linux that does).</summary>
    internal static int? Others
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return null;
            try
            {
                var own = Path.GetFileName(File.ResolveLinkTarget("/proc/thread-self", returnFinalTarget: false)?.Name);
                return Directory.EnumerateDirectories(Tasks).Count(task => Path.GetFileName(task) != own && Wants(task));
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    private static bool Wants(string task)
    {
        try
        {
            // proc(5): the state follows the name, which may hold spaces and ends at the last parenthesis.
            var stat = File.ReadAllText($"{task}/stat");
            return stat.AsSpan(stat.LastIndexOf(')') + 1).StartsWith(" R", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return false;
        }
    }
}
