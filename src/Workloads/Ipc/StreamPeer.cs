using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConcurrencyLab;

/// <summary>A process at the other end of two streams of bytes, one in each direction.</summary>
internal sealed class StreamPeer : ProcessPeer
{
    // What any pipe takes in at once: more is written while the answer is read, or both ends could wait for the other to read.
    private const int Little = 4096;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);
    private readonly byte[] _piece = new byte[1 << 16];
    private readonly Stream _to, _from;

    private StreamPeer(string name, ChildProcess child, Stream to, Stream from) : base(name, child) => (_to, _from) = (to, from);

    /// <summary>The child's standard input and output.</summary>
    internal static new StreamPeer OverPipe()
    {
        var child = ChildProcess.Start(EchoProgram.Verb, EchoProgram.Pipe);
        return new StreamPeer("process, by pipe", child, child.Input.BaseStream, child.Output.BaseStream);
    }

    /// <summary>A TCP connection that the child opens.</summary>
    internal static new StreamPeer OverSocket()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        return ChildProcess.Start(EchoProgram.Verb, EchoProgram.Socket, port).OrDispose(child =>
        {
            var stream = AcceptAsync(listener, child).WaitAsync(ConnectTimeout).GetAwaiter().GetResult();
            return new StreamPeer("process, by socket", child, stream, stream);
        });
    }

    private protected override void Exchange(byte[] message, Func<ReadOnlySpan<byte>, int> compare)
    {
        if (message.Length <= Little)
        {
            Send(message);
            Receive(message.Length, compare);
            return;
        }

        // A thread of its own: on a pool that is busy, the sending might never begin.
        var sending = Task.Factory.StartNew(() => Send(message), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            Receive(message.Length, compare);
        }
        finally
        {
            sending.GetAwaiter().GetResult();
        }
    }

    private protected override void Close()
    {
        base.Close();
        _to.Dispose();
        _from.Dispose();
    }

    private void Receive(int length, Func<ReadOnlySpan<byte>, int> compare)
    {
        for (var came = 0; came < length;)
        {
            var count = _from.Read(_piece, 0, Math.Min(_piece.Length, length - came));
            came = count > 0 ? compare(_piece.AsSpan(0, count)) : throw new EndOfStreamException();
        }
    }

    private void Send(byte[] message)
    {
        _to.Write(message);
        _to.Flush();
    }

    /// <summary>The child says from which port it has connected: any program on this machine could have been quicker.</summary>
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
