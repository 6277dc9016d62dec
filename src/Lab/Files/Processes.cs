using System.Diagnostics;

namespace ConcurrencyLab.Lab.Files;

/// <summary>What the operating system says of other processes.</summary>
public static class Processes
{
    /// <summary>True while a process of that number exists.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
