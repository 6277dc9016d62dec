using System.Diagnostics;

namespace ConcurrencyLab.Lab.Files;

/// <summary>What the operating system says of other processes.</summary>
public static class Processes
{
    public static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (Exception gone) when (gone is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
