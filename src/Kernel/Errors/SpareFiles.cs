using System.Globalization;
using ConcurrencyLab.Common;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>
/// A few open files that are given up when a cell has used up all that its process may have: an error cannot be told without
/// loading the libraries that tell lines, and whoever reads it should learn why everything fails at once.
/// </summary>
internal static class SpareFiles
{
    private const int Spare = 8;
    private const string Any = "/dev/null";

    private static readonly Lock Gate = new();
    private static readonly List<SafeFileHandle> Held = [];

    /// <summary>Takes them, as far as there are any left.</summary>
    public static void Hold()
    {
        lock (Gate)
        {
            if (FileLimit.Here is null) return;
            while (Held.Count < Spare && TryOpen() is { } file) Held.Add(file);
        }
    }

    /// <summary>Gives them up when no other file can be opened.</summary>
    /// <returns>A sentence about that; null when nothing is wrong with files.</returns>
    public static string? Release()
    {
        lock (Gate)
        {
            if (FileLimit.Here is not { } most) return null;
            using (var file = TryOpen())
            {
                if (file is not null) return null;
            }

            foreach (var file in Held) file.Dispose();
            Held.Clear();
            return string.Create(CultureInfo.InvariantCulture,
                $"(All {most:#,0} files and connections that this process may have open are open. Dispose of some, restart the kernel, or raise the limit: ulimit -n.)");
        }
    }

    private static SafeFileHandle? TryOpen()
    {
        try
        {
            return File.OpenHandle(Any);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
