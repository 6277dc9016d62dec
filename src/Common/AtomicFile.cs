using System.Text;

namespace ConcurrencyLab.Common;

/// <summary>Files that are written whole or not at all. A source file of several projects, none of which links another for it.</summary>
internal static class AtomicFile
{
    /// <summary>How the names of drafts begin and end; between them stands the number of the process that writes.</summary>
    public const string DraftPrefix = ".lab-", DraftSuffix = ".partial";

    /// <summary>Writes a text in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes beside the target first and lets the new file take the name only when it is complete.</summary>
    /// <exception cref="IOException">The file cannot be written; an earlier version of it is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or the file is read-only.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var draft = DraftBeside(path);
        try
        {
            using (var file = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                // Some file systems find out that they are full only now.
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    /// <summary>A new name beside a file, by which what a killed process left behind can be told from what is being written.</summary>
    public static string DraftBeside(string path) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{DraftPrefix}{Environment.ProcessId}-{Guid.NewGuid():N}{DraftSuffix}");
}
