using System.IO.MemoryMappedFiles;

namespace ConcurrencyLab;

/// <summary>
/// Memory that two processes share: a ring of bytes in each direction, and a flag by which each end says that it sleeps. A ring has one writer and one reader, who need no lock: each owns one of its two counters (Lamport 1977,
/// <i>Proving the Correctness of Multiprocess Programs</i>).
/// </summary>
internal sealed unsafe class MappedRings : IDisposable
{
    private const int Capacity = 1 << 18, Head = 256;
    private const int Length = Head + 2 * (Head + Capacity);

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    private MappedRings(MemoryMappedFile file)
    {
        _file = file;
        _view = file.CreateViewAccessor(0, Length);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        There = new Ring(_start + Head);
        Back = new Ring(_start + Head + Head + Capacity);
    }

    /// <summary>From the one who asks to the one who serves.</summary>
    internal Ring There { get; }

    /// <summary>The other way.</summary>
    internal Ring Back { get; }

    internal static MappedRings Create(string path) => Map(path, FileMode.CreateNew);

    internal static MappedRings Open(string path) => Map(path, FileMode.Open);

    /// <summary>Says that one end is going to sleep. It must look once more afterwards: what came before this is not announced to it.</summary>
    internal void SayAsleep(bool serves) => Interlocked.Exchange(ref Asleep(serves), 1);

    /// <summary>Whether that end sleeps; true once for each sleep.</summary>
    internal bool TakeAsleep(bool serves)
    {
        // Without the fence this could be read before the other one can see what was written: both would sleep for ever.
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref Asleep(serves)) == 1 && Interlocked.Exchange(ref Asleep(serves), 0) == 1;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    private ref int Asleep(bool serves) => ref *(int*)(_start + (serves ? Head / 2 : 0));

    private static MappedRings Map(string path, FileMode mode)
    {
        // Not by name: names of mapped files exist on Windows only.
        using var file = new FileStream(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new MappedRings(MemoryMappedFile.CreateFromFile(file, null, Length, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: false));
    }

    /// <summary>Bytes in the order in which they were written, as many as fit.</summary>
    internal sealed class Ring(byte* start)
    {
        // Counted up for ever, each on a cache line of its own: the two processes do not take lines away from each other.
        private ref long Written => ref *(long*)start;

        private ref long Taken => ref *(long*)(start + Head / 2);

        private Span<byte> Bytes => new(start + Head, Capacity);

        /// <summary>Writes as many bytes as there is room for and says how many.</summary>
        internal int Write(ReadOnlySpan<byte> bytes)
        {
            var written = Written;
            var room = Capacity - (int)(written - Volatile.Read(ref Taken));
            var (at, count) = Next(written, Math.Min(bytes.Length, room));
            bytes[..count].CopyTo(Bytes[at..]);
            Volatile.Write(ref Written, written + count);
            return count;
        }

        /// <summary>Reads as many bytes as there are and fit, and says how many.</summary>
        internal int Read(Span<byte> bytes)
        {
            var taken = Taken;
            var there = (int)(Volatile.Read(ref Written) - taken);
            var (at, count) = Next(taken, Math.Min(bytes.Length, there));
            Bytes.Slice(at, count).CopyTo(bytes);
            Volatile.Write(ref Taken, taken + count);
            return count;
        }

        /// <summary>Never across the end, and not all at once: the other one shall begin meanwhile.</summary>
        private static (int At, int Count) Next(long position, int count)
        {
            var at = (int)(position % Capacity);
            return (at, Math.Min(Math.Min(count, Capacity - at), Capacity / 4));
        }
    }
}
