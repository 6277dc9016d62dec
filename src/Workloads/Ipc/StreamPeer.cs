using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConcurrencyLab;

/// <summary>EchoPeer over two streams of bytes, one in each direction.</summary>
internal abstract class StreamPeer : EchoPeer
{
    // What any pipe takes in at once: more is written while the answer is read, or both ends could wait for the other to read.
    private const int Little = 4096;
    private readonly ChildProcess _child;
    private byte[] _back = [];

    private protected StreamPeer(string name, ChildProcess child) : base(name) => _child = child;

    private protected Stream To { get; set; } = Stream.Null;

    private protected Stream From { get; set; } = Stream.Null;

    internal override int? ProcessId => _child.Id;

    private protected override ReadOnlySpan<byte> Exchange(byte[] message)
    {
        if (_back.Length < message.Length) _back = new byte[message.Length];
        try
        {
            if (message.Length <= Little)
            {
                Send(message);
                From.ReadExactly(_back, 0, message.Length);
            }
            else
            {
                // A thread of its own: on a pool that is busy, the sending might never begin.
                var sending = Task.Factory.StartNew(() => Send(message), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                From.ReadExactly(_back, 0, message.Length);
                sending.GetAwaiter().GetResult();
            }
        }
        catch (IOException)
        {
            throw _child.EndedAsync().GetAwaiter().GetResult();
        }

        return _back.AsSpan(0, message.Length);
    }

    private protected override void Close() => _child.Dispose();

    private void Send(byte[] message)
    {
        To.Write(message);
        To.Flush();
    }
}

/// <summary>The child's standard input and output.</summary>
internal sealed class PipePeer : StreamPeer
{
    internal PipePeer() : this(ChildProcess.Start(EchoProgram.Verb, EchoProgram.Pipe))
    {
    }

    private PipePeer(ChildProcess child) : base("process, by pipe", child) =>
        (To, From) = (child.Input.BaseStream, child.Output.BaseStream);
}

/// <summary>A TCP connection that the child opens.</summary>
internal sealed class SocketPeer : StreamPeer
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);
    private readonly NetworkStream _stream;

    internal SocketPeer() : this(Listen())
    {
    }

    private SocketPeer(TcpListener listener) : this(listener, ChildProcess.Start(
        EchoProgram.Verb, EchoProgram.Socket, ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)))
    {
    }

    private SocketPeer(TcpListener listener, ChildProcess child) : base("process, by socket", child)
    {
        try
        {
            using (listener)
            {
                _stream = AcceptAsync(listener, child).WaitAsync(ConnectTimeout).GetAwaiter().GetResult();
            }
        }
        catch
        {
            child.Dispose();
            throw;
        }

        (To, From) = (_stream, _stream);
    }

    private protected override void Close()
    {
        _stream.Dispose();
        base.Close();
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    /// <summary>The child says from which port it has connected: anybody on this machine could have been quicker.</summary>
    private static async Task<NetworkStream> AcceptAsync(TcpListener listener, ChildProcess child)
    {
        var said = await child.Output.ReadLineAsync().ConfigureAwait(false) ?? throw await child.EndedAsync().ConfigureAwait(false);
        var port = int.Parse(said, CultureInfo.InvariantCulture);
        while (true)
        {
            var socket = await listener.AcceptSocketAsync().ConfigureAwait(false);
            if (((IPEndPoint)socket.RemoteEndPoint!).Port == port)
            {
                socket.NoDelay = true;
                return new NetworkStream(socket, ownsSocket: true);
            }

            socket.Dispose();
        }
    }
}
