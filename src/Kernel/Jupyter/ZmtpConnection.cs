using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using ConcurrencyLab.Kernel.Execution;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>
/// One connection of ZeroMQ's protocol, ZMTP 3.0 without encryption (RFC 23, rfc.zeromq.org/spec/23). It is read and written
/// by two threads of its own that block, so that messages come and go whatever cells do to the thread pool.
/// </summary>
internal sealed class ZmtpConnection : IDisposable
{
    private const byte More = 1, Long = 2, Command = 4;
    private const int ShortBytes = 255, GreetingBytes = 64, VersionAt = 10, MechanismAt = 12, MechanismBytes = 20;

    /// <summary>A frame beyond this is no Jupyter message.</summary>
    private const long MostBytes = 1 << 30;

    /// <summary>Enough for a flood; a front end that reads nothing at all must not fill this machine's memory.</summary>
    private const int MostWaiting = 100_000;

    /// <summary>How long the rest of what was sent may take when the kernel ends.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(1);

    private static readonly byte[] Greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[GreetingBytes - MechanismAt - 4]];

    private readonly Socket _socket;
    private readonly NetworkStream _output;
    private readonly BufferedStream _input;
    private readonly BlockingCollection<IReadOnlyList<byte[]>> _waiting = new(MostWaiting);
    private Thread? _sender;

    /// <summary>Takes over an accepted socket.</summary>
    public ZmtpConnection(Socket socket)
    {
        _socket = socket;
        _output = new NetworkStream(socket, ownsSocket: true);
        _input = new BufferedStream(_output);
    }

    /// <summary>Exchanges greetings, before anything else.</summary>
    /// <param name="socketType">What this side is, in ZeroMQ's words: <c>ROUTER</c>, <c>PUB</c>.</param>
    /// <returns>The name that the other side has given itself; empty for none.</returns>
    /// <exception cref="FormatException">It speaks something else.</exception>
    public byte[] Open(string socketType)
    {
        _socket.NoDelay = true;
        _output.Write(Greeting);
        var greeting = Read(GreetingBytes);
        if (greeting[0] != Greeting[0] || greeting[VersionAt] < Greeting[VersionAt]
            || !greeting.AsSpan(MechanismAt, MechanismBytes).SequenceEqual(Greeting.AsSpan(MechanismAt, MechanismBytes)))
            throw new FormatException("a peer does not speak ZMTP 3 without encryption");
        Write(Command, [.. Named("READY"), .. Named("Socket-Type"), 0, 0, 0, (byte)socketType.Length, .. Encoding.ASCII.GetBytes(socketType)]);
        var (flags, ready) = ReadFrame();
        if ((flags & Command) == 0 || !ready.AsSpan().StartsWith(Named("READY"))) throw new FormatException("a peer does not get ready");
        _sender = KernelThread.Start("sender", SendAll);
        return IdentityIn(ready.AsSpan(Named("READY").Length));
    }

    /// <summary>Blocks until a message has come, and returns its frames.</summary>
    /// <exception cref="IOException">The other side has gone.</exception>
    /// <exception cref="FormatException">It sends something else.</exception>
    public List<byte[]> Receive()
    {
        List<byte[]> frames = [];
        while (true)
        {
            var (flags, body) = ReadFrame();
            // Commands, such as those that ask whether one is alive, are only sent where they were agreed on.
            if ((flags & Command) != 0) continue;
            frames.Add(body);
            if ((flags & More) == 0) return frames;
        }
    }

    /// <summary>Sends a message as soon as the other side takes it.</summary>
    /// <returns>False when too many wait already, or the other side has gone.</returns>
    public bool TrySend(IReadOnlyList<byte[]> frames)
    {
        try
        {
            return _waiting.TryAdd(frames);
        }
        catch (InvalidOperationException)
        {
            return false; // It is being closed.
        }
    }

    /// <summary>Sends what is waiting and closes.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _sender?.Join(Linger);
        _input.Dispose();
    }

    private void SendAll()
    {
        try
        {
            foreach (var frames in _waiting.GetConsumingEnumerable())
            {
                for (var index = 0; index < frames.Count; index++) Write(index < frames.Count - 1 ? More : (byte)0, frames[index]);
            }

            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or SocketException)
        {
            // Who receives finds out, too.
        }
    }

    private void Write(byte flags, byte[] body)
    {
        Span<byte> head = stackalloc byte[9];
        if (body.Length <= ShortBytes)
        {
            (head[0], head[1]) = (flags, (byte)body.Length);
            head = head[..2];
        }
        else
        {
            head[0] = (byte)(flags | Long);
            BinaryPrimitives.WriteInt64BigEndian(head[1..], body.Length);
        }

        _output.Write(head);
        _output.Write(body);
    }

    private (byte Flags, byte[] Body) ReadFrame()
    {
        var flags = Read(1)[0];
        var length = (flags & Long) == 0 ? Read(1)[0] : BinaryPrimitives.ReadInt64BigEndian(Read(sizeof(long)));
        if (length is < 0 or > MostBytes) throw new FormatException("a peer sends what is no message");
        return (flags, Read((int)length));
    }

    private byte[] Read(int count)
    {
        var bytes = new byte[count];
        _input.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] IdentityIn(ReadOnlySpan<byte> properties)
    {
        while (properties.Length > 0)
        {
            var name = Encoding.ASCII.GetString(properties.Slice(1, properties[0]));
            properties = properties[(1 + name.Length)..];
            var value = properties.Slice(sizeof(int), BinaryPrimitives.ReadInt32BigEndian(properties));
            if (name.Equals("Identity", StringComparison.OrdinalIgnoreCase)) return value.ToArray();
            properties = properties[(sizeof(int) + value.Length)..];
        }

        return [];
    }

    private static byte[] Named(string name) => [(byte)name.Length, .. Encoding.ASCII.GetBytes(name)];
}
