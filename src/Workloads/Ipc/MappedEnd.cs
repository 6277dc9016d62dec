using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// One end of two mapped rings. Whoever finds nothing to do looks again for a while, which answers within a microsecond when
/// both have a core; then it says that it sleeps, looks once more, and reads from a pipe, into which the other one drops a
/// byte to wake it. The pipe's end also tells that the other one is gone. Looking that was in vain is not tried again for
/// some time: on a busy machine it takes away the core that the other one needs.
/// </summary>
/// <param name="rings">The shared memory; disposed with this.</param>
/// <param name="serves">Which end this is.</param>
/// <param name="bell">Wakes us.</param>
/// <param name="otherBell">Wakes the other one.</param>
internal sealed class MappedEnd(MappedRings rings, bool serves, Stream bell, Stream otherBell) : IDisposable
{
    // Longer than waking up takes, or two who answer quickly would never again meet awake.
    private static readonly TimeSpan LooksFor = TimeSpan.FromMilliseconds(0.1);

    private readonly MappedRings.Ring _out = serves ? rings.Back : rings.There, _in = serves ? rings.There : rings.Back;
    private const int RestsWithoutLooking = 64;
    private long _since;
    private bool _announced;
    private int _inVain;

    /// <summary>Writes as many bytes as there is room for and says how many.</summary>
    internal int Write(ReadOnlySpan<byte> bytes) => Moved(_out.Write(bytes));

    /// <summary>Reads as many bytes as there are and fit, and says how many.</summary>
    internal int Read(Span<byte> bytes) => Moved(_in.Read(bytes));

    /// <summary>To be called whenever nothing could be written or read; look again afterwards. False when the other one is gone.</summary>
    internal bool Rest()
    {
        var now = Stopwatch.GetTimestamp();
        if (_since == 0) _since = now;
        if (_inVain == 0 && Environment.ProcessorCount > 1 && Stopwatch.GetElapsedTime(_since, now) < LooksFor)
        {
            Thread.SpinWait(4);
            return true;
        }

        if (!_announced)
        {
            // What the other one did before it could see this is found by one more look.
            rings.SayAsleep(serves);
            return _announced = true;
        }

        _inVain = _inVain == 0 ? RestsWithoutLooking : _inVain - 1;
        var woken = Hear();
        (_announced, _since) = (false, 0);
        return woken;
    }

    public void Dispose() => rings.Dispose();

    private int Moved(int count)
    {
        if (count > 0)
        {
            _since = 0;
            if (_announced)
            {
                _announced = false;
                _ = rings.TakeAsleep(serves);
            }

            if (rings.TakeAsleep(!serves)) Ring();
        }

        return count;
    }

    private bool Hear()
    {
        try
        {
            return bell.ReadByte() >= 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private void Ring()
    {
        try
        {
            otherBell.WriteByte(1);
            otherBell.Flush();
        }
        catch (IOException)
        {
            // It is gone, which our own bell says as well.
        }
    }
}
