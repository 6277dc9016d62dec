using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace ConcurrencyLab;

/// <summary>
/// One end of a file that two processes have mapped into their memories: a buffer in each direction, of two halves. The
/// sender writes a chunk into one half and the chunk's length into a pipe, which wakes the other one; that copies the chunk
/// out while the sender writes the next into the other half. The parent keeps no more than that on its way
/// (<see cref="Capacity"/>), and the child answers each chunk with one: so no half is written again before it was read.
/// </summary>
internal sealed class MappedChannel : IDisposable
{
    /// <summary>Bytes of a chunk at most, and of all chunks on their way in one direction.</summary>
    internal const int ChunkLength = 1 << 16, Capacity = 2 * ChunkLength;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewStream _out, _in;
    private readonly Stream _wakesUs, _wakesThem;

    /// <param name="path">A file of <see cref="Create"/>.</param>
    /// <param name="isChild">Which end this is.</param>
    /// <param name="wakesUs">The end of a pipe to read from.</param>
    /// <param name="wakesThem">The end of a pipe to write to.</param>
    internal MappedChannel(string path, bool isChild, Stream wakesUs, Stream wakesThem)
    {
        // Not by name: names of mapped files exist on Windows only.
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false);
        var (there, back) = (_file.CreateViewStream(0, Capacity), _file.CreateViewStream(Capacity, Capacity));
        (_out, _in) = isChild ? (back, there) : (there, back);
        (_wakesUs, _wakesThem) = (wakesUs, wakesThem);
    }

    /// <summary>Makes the file.</summary>
    internal static void Create(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew);
        file.SetLength(2 * Capacity);
    }

    /// <summary>Sends as many bytes as a chunk holds and says how many.</summary>
    /// <exception cref="IOException">The other process is gone.</exception>
    internal int Write(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, ChunkLength);
        _out.Write(bytes[..count]);
        TurnToOtherHalf(_out, count);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, count);
        _wakesThem.Write(length);
        _wakesThem.Flush();
        return count;
    }

    /// <summary>Waits for a chunk, copies it out and says how many bytes it has; 0 when the other process is gone.</summary>
    internal int Read(Span<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        if (_wakesUs.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length) return 0;
        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        _in.ReadExactly(bytes[..count]);
        TurnToOtherHalf(_in, count);
        return count;
    }

    public void Dispose()
    {
        _out.Dispose();
        _in.Dispose();
        _file.Dispose();
    }

    private static void TurnToOtherHalf(MemoryMappedViewStream buffer, int count) =>
        buffer.Position = (buffer.Position - count + ChunkLength) % Capacity;
}
