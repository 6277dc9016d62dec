using System.Text;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Lab.Files;

/// <summary>The files that a run writes: whole or not at all, and what stands in the way is told in a line.</summary>
public static class OutputFiles
{
    /// <summary>Writes a text in UTF-8 without a byte order mark.</summary>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <exception cref="InputException">The file cannot be written; an earlier version of it is still there.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            AtomicFile.Write(path, content);
        }
        catch (Exception fault) when (IsFaultOfDisk(fault))
        {
            throw new InputException($"cannot write {Paths.Shown(path)}: {Reason(fault)}", fault);
        }
    }

    /// <summary>Writes only when the content differs, so that an unchanged file keeps its date.</summary>
    /// <returns>True when the file was written.</returns>
    /// <inheritdoc cref="Write(string, ReadOnlySpan{byte})"/>
    public static bool WriteIfChanged(string path, ReadOnlySpan<byte> content)
    {
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length == content.Length && content.SequenceEqual(File.ReadAllBytes(path))) return false;
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
        var trial = AtomicFile.DraftBeside(Path.Combine(folder, "trial"));
        var refused = $"use {Paths.Shown(folder)} as a folder";
        try
        {
            Directory.CreateDirectory(folder);
            RemoveDrafts(folder);
            refused = $"write into {Paths.Shown(folder)}";
            // A full disk still makes empty files: ask for a block of it.
            File.WriteAllBytes(trial, new byte[4096]);
        }
        catch (Exception fault) when (IsFaultOfDisk(fault))
        {
            throw new InputException($"cannot {refused}: {Reason(fault)}; choose another with --output", fault);
        }
        finally
        {
            TryDelete(trial);
        }
    }

    /// <summary>Removes what a killed run left half-written; a run that is still alive keeps its own.</summary>
    public static void RemoveDrafts(string folder)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var draft in Directory.EnumerateFiles(folder, $"{AtomicFile.DraftPrefix}*{AtomicFile.DraftSuffix}"))
        {
            var owner = Path.GetFileName(draft)[AtomicFile.DraftPrefix.Length..].Split('-')[0];
            if (int.TryParse(owner, out var id) && !Processes.IsAlive(id)) TryDelete(draft);
        }
    }

    // .NET says that an argument is out of range when a file may not grow as far as asked (EFBIG).
    private static bool IsFaultOfDisk(Exception fault) => fault is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException or NotSupportedException;

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
