namespace ConcurrencyLab;

/// <summary>
/// A peer that sends back every byte: a thread of this process or another process, over one of the ways that operating
/// systems offer (interprocess communication, IPC). It ends with this process, however that ends.
/// <code>
/// using var pipe = EchoPeer.OverPipe();
/// pipe.Echo(new byte[1_000_000]);
/// </code>
/// Follows the article's section <i>Processes and Threads: The Basics</i>.
/// </summary>
public abstract class EchoPeer : IDisposable
{
    private readonly Lock _turn = new();
    private bool _disposed;

    private protected EchoPeer(string name) => Name = name;

    /// <summary>Who it is and how it is reached, for charts: <c>process, by pipe</c>.</summary>
    public string Name { get; }

    /// <summary>The process at the other end; null when there is none.</summary>
    internal virtual int? ProcessId => null;

    /// <summary>A thread of this process: it shares our memory, so the bytes stay where they are and only their address is handed over.</summary>
    public static EchoPeer OnThread() => new ThreadPeer();

    /// <summary>A process at the other end of two anonymous pipes: its standard input and output. Bytes go through the kernel.</summary>
    /// <exception cref="WorkerEndedException">The process could not begin.</exception>
    public static EchoPeer OverPipe() => Ready(StreamPeer.OverPipe());

    /// <summary>A process at the other end of a TCP connection of 127.0.0.1: as between two machines, without the cable.</summary>
    /// <inheritdoc cref="OverPipe" path="/exception"/>
    public static EchoPeer OverSocket() => Ready(StreamPeer.OverSocket());

    /// <summary>
    /// A process that has mapped the same file into its memory: what one writes, the other sees, without a way through the
    /// kernel. Nothing tells it when, so each also wakes the other through a pipe.
    /// </summary>
    /// <inheritdoc cref="OverPipe" path="/exception"/>
    public static EchoPeer OverMappedFile() => Ready(MappedFilePeer.Start());

    /// <summary>Sends the bytes, receives as many, and compares each with what was sent.</summary>
    /// <returns>How many came back.</returns>
    /// <exception cref="WorkerEndedException">The process at the other end is gone.</exception>
    /// <exception cref="InvalidDataException">Another byte came back than was sent.</exception>
    public int Echo(byte[] message)
    {
        ArgumentNullException.ThrowIfNull(message);
        // Two at once would read each other's bytes.
        lock (_turn)
        {
            Disposal.ThrowIfClosed(_disposed, $"The peer \"{Name}\"");
            if (message.Length == 0) return 0;
            var same = Exchange(message);
            return same == message.Length ? same : throw new InvalidDataException($"{Name}: byte {same} came back as another one.");
        }
    }

    /// <summary>Ends the thread or process at the other end.</summary>
    public void Dispose()
    {
        lock (_turn)
        {
            if (_disposed) return;
            _disposed = true;
            Close();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Sends the bytes, receives as many, and says how many were the same before the first that was not.</summary>
    private protected abstract int Exchange(byte[] message);

    private protected abstract void Close();

    /// <summary>Once a first byte has come back, the process has started, and no later message waits for that.</summary>
    private static EchoPeer Ready(EchoPeer started) => started.OrDispose(peer =>
    {
        peer.Echo([1]);
        return peer;
    });
}
