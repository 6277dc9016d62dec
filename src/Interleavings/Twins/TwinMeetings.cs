using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Who has come to a barrier.</summary>
internal sealed class TwinArrivals(ProgramBuilder builder, string name, int participants) : ControlledObject(builder, name)
{
    public int Participants { get; set; } = participants;

    public int Arrived { get; set; }

    public int Phase { get; set; }

    internal override string State => $"{Show(Arrived)}/{Show(Participants)}";

    public void OpenIfAllAreThere()
    {
        if (Arrived >= Participants)
        {
            (Arrived, Phase) = (0, Phase + 1);
        }
    }
}

/// <summary>Stands for <see cref="Barrier"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinBarrier
{
    public static void SignalAndWait(int line, Barrier barrier)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return;
        }

        var arrivals = Of(strand, barrier);
        var phase = 0;
        strand.Do(line, arrivals, $"arrive at {arrivals.Name}", () =>
        {
            phase = arrivals.Phase;
            arrivals.Arrived++;
            arrivals.OpenIfAllAreThere();
        });
        if (arrivals.Phase == phase)
        {
            strand.Wait(line, arrivals, $"wait at {arrivals.Name}", () => arrivals.Phase > phase);
        }
    }

    public static void RemoveParticipant(int line, Barrier barrier) => Change(line, barrier, "leave", -1);

    public static long AddParticipant(int line, Barrier barrier) => Change(line, barrier, "join", 1);

    private static int Change(int line, Barrier barrier, string what, int by)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return 0;
        }

        var arrivals = Of(strand, barrier);
        strand.Do(line, arrivals, $"{what} {arrivals.Name}", () =>
        {
            arrivals.Participants += by;
            arrivals.OpenIfAllAreThere();
        });
        return arrivals.Phase;
    }

    private static TwinArrivals Of(Strand strand, Barrier barrier) => strand.Run.ModelOf(barrier, name => new TwinArrivals(strand.Run.Builder, name, barrier.ParticipantCount), "barrier");
}

/// <summary>Who is in a lock for readers and writers.</summary>
internal sealed class TwinReaders(ProgramBuilder builder, string name) : ControlledObject(builder, name)
{
    private readonly List<Strand> _readers = [];
    private Strand? _writer;
    private Strand? _upgradeable;

    internal override string State => _writer is not null ? $"{_writer.Name} writes" : string.Join(" ", _readers.Select(reader => reader.Name));

    public bool CanRead => _writer is null;

    public bool CanWrite(Strand strand) => _writer is null && _readers.Count == 0 && (_upgradeable is null || _upgradeable == strand);

    public bool CanUpgrade => _writer is null && _upgradeable is null;

    public void Read(Strand strand) => _readers.Add(NotYet(strand, _readers.Contains(strand)));

    public void Write(Strand strand) => _writer = strand;

    public void Upgrade(Strand strand) => _upgradeable = strand;

    public void EndRead(Strand strand) => MustHold(_readers.Remove(strand));

    public void EndWrite(Strand strand)
    {
        MustHold(_writer == strand);
        _writer = null;
    }

    public void EndUpgrade(Strand strand)
    {
        MustHold(_upgradeable == strand);
        _upgradeable = null;
    }

    public bool Writes(Strand strand) => _writer == strand;

    private static Strand NotYet(Strand strand, bool holds) => holds ? throw new LockRecursionException("A read lock may not be acquired twice by one thread in this mode.") : strand;

    private static void MustHold(bool held)
    {
        if (!held)
        {
            throw new SynchronizationLockException("The lock is being released without being held.");
        }
    }
}

/// <summary>Stands for <see cref="ReaderWriterLockSlim"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinReaderWriterLockSlim
{
    public static void EnterReadLock(int line, ReaderWriterLockSlim it) => Enter(line, it, "read", (readers, _) => readers.CanRead, (readers, me) => readers.Read(me));

    public static void ExitReadLock(int line, ReaderWriterLockSlim it) => Exit(line, it, "end of reading", (readers, me) => readers.EndRead(me));

    public static void EnterWriteLock(int line, ReaderWriterLockSlim it) => Enter(line, it, "write", (readers, me) => readers.Writes(me) ? throw new LockRecursionException() : readers.CanWrite(me), (readers, me) => readers.Write(me));

    public static void ExitWriteLock(int line, ReaderWriterLockSlim it) => Exit(line, it, "end of writing", (readers, me) => readers.EndWrite(me));

    public static void EnterUpgradeableReadLock(int line, ReaderWriterLockSlim it) => Enter(line, it, "upgradeable read", (readers, _) => readers.CanUpgrade, (readers, me) => readers.Upgrade(me));

    public static void ExitUpgradeableReadLock(int line, ReaderWriterLockSlim it) => Exit(line, it, "end of upgradeable reading", (readers, me) => readers.EndUpgrade(me));

    private static void Enter(int line, ReaderWriterLockSlim it, string what, Func<TwinReaders, Strand, bool> can, Action<TwinReaders, Strand> take)
    {
        if (Twin.Here(line) is { } strand)
        {
            var readers = Of(strand, it);
            strand.Wait(line, readers, $"enter {readers.Name} to {what}", () => can(readers, strand), () => take(readers, strand));
        }
    }

    private static void Exit(int line, ReaderWriterLockSlim it, string what, Action<TwinReaders, Strand> give)
    {
        if (Twin.Here(line) is { } strand)
        {
            var readers = Of(strand, it);
            strand.Do(line, readers, $"{readers.Name}: {what}", () => give(readers, strand), givesBack: true);
        }
    }

    private static TwinReaders Of(Strand strand, ReaderWriterLockSlim it) => strand.Run.ModelOf(it, name => new TwinReaders(strand.Run.Builder, name), "lock");
}
