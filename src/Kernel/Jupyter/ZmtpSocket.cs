using System.Net;
using System.Net.Sockets;
using ConcurrencyLab.Kernel.Execution;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>A socket of ZeroMQ that others connect to, as far as a Jupyter kernel needs one.</summary>
internal sealed class ZmtpSocket : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly string _type;
    private readonly Action<IReadOnlyList<byte[]>> _received;
    private readonly Action<string> _log;
    private readonly Socket _listener;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Peer> _peers = [];
    private int _unnamed;
    private volatile bool _closed;

    /// <summary>Takes an address.</summary>
    /// <param name="type"><c>ROUTER</c>: the first frame of each message names who sent it, or is to get it. <c>PUB</c>: it is the topic.</param>
    /// <param name="address">Where others connect.</param>
    /// <param name="received">Takes a message, on a thread of its sender's own.</param>
    /// <param name="log">Told about connections that are closed because of what came over them.</param>
    /// <exception cref="SocketException">The address is taken or not this machine's.</exception>
    public ZmtpSocket(string type, IPEndPoint address, Action<IReadOnlyList<byte[]>> received, Action<string> log)
    {
        (_type, _received, _log) = (type, received, log);
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(address);
        _listener.Listen();
    }

    /// <summary>Starts to listen.</summary>
    public void Start() => KernelThread.Start("listener", Listen);

    /// <summary>Sends a message to the one that its first frame names, or to all who have subscribed to its topic.</summary>
    /// <returns>False when somebody was to get it and did not.</returns>
    public bool TrySend(IReadOnlyList<byte[]> frames)
    {
        lock (_gate)
        {
            if (_type != "PUB") return _peers.TryGetValue(Key(frames[0]), out var peer) && peer.Connection.TrySend([.. frames.Skip(1)]);
            var sent = true;
            foreach (var subscribed in _peers.Values.Where(peer => peer.Topics.Exists(topic => frames[0].AsSpan().StartsWith(topic)))) sent &= subscribed.Connection.TrySend(frames);
            return sent;
        }
    }

    /// <summary>Sends what is waiting and closes.</summary>
    public void Dispose()
    {
        _closed = true;
        _listener.Dispose();
        List<Peer> peers;
        lock (_gate) peers = [.. _peers.Values];
        peers.ForEach(peer => peer.Connection.Dispose());
    }

    private void Listen()
    {
        while (true)
        {
            try
            {
                var socket = _listener.Accept();
                KernelThread.Start("receiver", () => Serve(new ZmtpConnection(socket)));
            }
            catch (Exception) when (_closed)
            {
                return;
            }
            catch (Exception)
            {
                // For want of files, memory or threads: who knocks has to wait.
                Thread.Sleep(Pause);
            }
        }
    }

    private void Serve(ZmtpConnection connection)
    {
        Peer? peer = null;
        try
        {
            peer = Add(connection, connection.Open(_type));
            while (true) Take(peer, connection.Receive());
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // It has gone.
        }
        catch (Exception exception)
        {
            // Whatever comes over a connection costs that connection at most.
            _log($"connection closed: {exception.Message}");
        }
        finally
        {
            lock (_gate)
            {
                if (peer is not null && _peers.TryGetValue(Key(peer.Identity), out var known) && known == peer) _peers.Remove(Key(peer.Identity));
            }

            connection.Dispose();
        }
    }

    /// <summary>One that comes back under its name takes the place that it had.</summary>
    private Peer Add(ZmtpConnection connection, byte[] identity)
    {
        lock (_gate)
        {
            // A name that no peer can have begins with a zero.
            if (identity.Length == 0) identity = [0, .. BitConverter.GetBytes(++_unnamed)];
            return _peers[Key(identity)] = new Peer(connection, identity);
        }
    }

    private void Take(Peer peer, List<byte[]> frames)
    {
        if (_type != "PUB")
        {
            _received([peer.Identity, .. frames]);
            return;
        }

        if (frames is not [[var subscribes, .. var topic]]) return;
        lock (_gate)
        {
            if (subscribes == 1) peer.Topics.Add(topic);
            else peer.Topics.RemoveAll(known => known.AsSpan().SequenceEqual(topic));
        }
    }

    private static string Key(byte[] identity) => Convert.ToHexString(identity);

    private sealed record Peer(ZmtpConnection Connection, byte[] Identity)
    {
        public List<byte[]> Topics { get; } = [];
    }
}
