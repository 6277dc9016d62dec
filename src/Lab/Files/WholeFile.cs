using System.Text;

namespace ConcurrencyLab.Lab.Files;

/// <summary>Files that are written whole or not at all.</summary>
public static class WholeFile
{
    private const string Prefix = ".lab-";
    private const string Suffix = ".partial";
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes a text in UTF-8 without a byte order mark.</summary>
    /// <exception cref="InputException">The file cannot be written; an earlier version of it is still there.</exception>
    public static void Write(string path, string text) => Write(path, Utf8.GetBytes(text));

    /// <summary>Writes beside the target first and lets the new file take the name only when it is complete.</summary>
    /// <exception cref="InputException">The file cannot be written; an earlier version of it is still there.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var partial = Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}{Suffix}");
        try
        {
            using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                file.Write(content);
                // Some file systems find out that they are full only now.
                file.Flush(flushToDisk: true);
            }
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception fault) when (IsFaultOfDisk(fault))
        {
            TryDelete(partial);
            throw new InputException($"cannot write {Paths.Shown(path)}: {Reason(fault)}", fault);
        }
    }

    /// <summary>Writes only when the content differs, so that an unchanged file keeps its date.</summary>
    /// <returns>True when the file was written.</returns>
    /// <exception cref="InputException">The file cannot be written; an earlier version of it is still there.</exception>
    public static bool WriteIfChanged(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path)))
                return false;
        }
        catch (IOException)
        {
            // Unreadable is as good as different: writing it will say what is wrong.
        }
        Write(path, content);
        return true;
    }

    /// <summary>Makes sure that a folder exists and can be written, so that a long run does not fail at its end.</summary>
    /// <exception cref="InputException">It cannot be made or written.</exception>
    public static void PrepareFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException($"cannot use {Paths.Shown(folder)} as a folder: {Reason(fault)}; choose another with --output", fault);
        }
        RemoveDrafts(folder);
        var probe = Path.Combine(folder, $"{Prefix}{Environment.ProcessId}-probe{Suffix}");
        try
        {
            // A full disk still makes empty files: ask for a block of it.
            File.WriteAllBytes(probe, new byte[4096]);
        }
        catch (Exception fault) when (IsFaultOfDisk(fault))
        {
            throw new InputException($"cannot write into {Paths.Shown(folder)}: {Reason(fault)}; choose another with --output", fault);
        }
        finally
        {
            TryDelete(probe);
        }
    }

    /// <summary>Removes what a killed run left half-written; a run that is still alive keeps its own.</summary>
    public static void RemoveDrafts(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var partial in Directory.EnumerateFiles(folder, $"{Prefix}*{Suffix}"))
        {
            var owner = Path.GetFileName(partial)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, out var id) && !Processes.IsAlive(id)) TryDelete(partial);
        }
    }

    // .NET says that an argument is out of range when a file may not grow as far as asked (EFBIG).
    private static bool IsFaultOfDisk(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nothing more can be done about it, and the first fault is the one to report.
        }
    }

    // .NET's messages end with the path, which the caller has named already.
    private static string Reason(Exception fault)
    {
        var message = fault.Message.ReplaceLineEndings(" ").Replace(" (Parameter 'value')", "", StringComparison.Ordinal);
        var path = message.IndexOf(" : '", StringComparison.Ordinal);
        return (path > 0 ? message[..path] : message).TrimEnd('.', ' ');
    }
}
