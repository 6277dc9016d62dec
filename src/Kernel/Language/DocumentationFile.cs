using System.Buffers;
using System.Security;
using System.Text;
using System.Xml;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>One compiler-written documentation file, searched on disk: the framework's are 30 MB that nobody needs in memory.</summary>
internal static class DocumentationFile
{
    /// <summary>The <c>member</c> element of a symbol, as XML.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="id">The symbol's documentation comment id: <c>M:System.Console.WriteLine</c>.</param>
    /// <returns>Null when the file has none, or cannot be read.</returns>
    public static string? Find(string file, string id)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (PositionOf(stream, Encoding.UTF8.GetBytes($"<member name=\"{SecurityElement.Escape(id)}\"")) is not { } position) return null;
            stream.Position = position;
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment });
            reader.MoveToContent();
            return reader.ReadOuterXml();
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            // Documentation that cannot be read is documentation that is not there.
            return null;
        }
    }

    private static long? PositionOf(FileStream stream, ReadOnlySpan<byte> wanted)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1 << 18, 2 * wanted.Length));
        try
        {
            var kept = 0;
            for (long start = 0; stream.Read(buffer, kept, buffer.Length - kept) is var read and > 0;)
            {
                var filled = buffer.AsSpan(0, kept + read);
                if (filled.IndexOf(wanted) is var found and >= 0) return start + found;
                // What is wanted may begin in this piece and end in the next.
                var next = Math.Max(0, filled.Length - wanted.Length + 1);
                filled[next..].CopyTo(buffer);
                kept = filled.Length - next;
                start += next;
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
