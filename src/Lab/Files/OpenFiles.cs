using System.Globalization;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Lab.Files;

/// <summary>What is done about the limit of files that a process may have open.</summary>
internal static class OpenFiles
{
    /// <summary>
    /// A chapter has more than 300 open (libraries, pipes, connections), and with none to be had the runtime itself gives up
    /// at the most unforeseen places, with a crash for a message.
    /// </summary>
    private const int Needed = 512;

    /// <summary>What failed for want of a file has closed some since.</summary>
    private const int Few = 8;

    /// <summary>Refuses to begin where a run could not end well.</summary>
    /// <exception cref="InputException">The limit is too low; the message says how to raise it.</exception>
    public static void Check()
    {
        if (FileLimit.Here is < Needed and var most)
            throw new InputException($"cannot run chapters with at most {most} files open at a time: say 'ulimit -n {Needed}' or more in this shell, or in one whose limit may be raised");
    }

    /// <summary>Whether this process can open hardly a file any more: what it then fails with may be anything.</summary>
    public static bool AreUsedUp()
    {
        if (OperatingSystem.IsWindows()) return false; // No such limit there.
        var opened = new List<IDisposable>(Few);
        try
        {
            while (opened.Count < Few) opened.Add(File.OpenHandle("/dev/null"));
            return false;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return true;
        }
        finally
        {
            opened.ForEach(file => file.Dispose());
        }
    }

    /// <summary>
    /// What to add to the failure of another process that has none left: the runtime then says that a library cannot be
    /// found, or anything else. Empty when it has some, or where the system does not tell (not Linux).
    /// </summary>
    public static string UsedUpBy(int process)
    {
        try
        {
            var limit = File.ReadLines($"/proc/{process}/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
            if (!int.TryParse(limit, CultureInfo.InvariantCulture, out var most)) return "";
            // Numbers are what is limited, and those beyond the limit were taken when it was higher.
            var taken = Directory.EnumerateFiles($"/proc/{process}/fd").Count(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture) < most);
            return most - taken < Few ? $" (Too many open files: the process has {taken} and may have {most}; 'ulimit -n' raises that)" : "";
        }
        catch (Exception untold) when (untold is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return "";
        }
    }
}
