using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>The five sockets of a kernel. None of them needs the thread pool, of which cells may use up every thread.</summary>
internal sealed class Channels : IDisposable
{
    private readonly ZmtpSocket _shell, _control, _stdin, _heartbeat, _iopub;
    private readonly byte[] _key;
    private readonly Action<string> _log;

    /// <summary>Binds to the addresses of the connection file, and to nothing else.</summary>
    /// <param name="connection">Where to listen.</param>
    /// <param name="log">Told about messages that are dropped.</param>
    /// <exception cref="IOException">An address is taken or not this machine's; one line.</exception>
    public Channels(Connection connection, Action<string> log)
    {
        _key = Encoding.UTF8.GetBytes(connection.Key);
        _log = log;
        // VS Code's extension asked for interrupts on the shell socket until the end of 2025, where they would wait for the cell's end.
        _shell = Bound("ROUTER", connection.ShellPort, Received(message =>
        {
            if (message.Type == "interrupt_request") Control.Add((message, ReplyOnShell));
            else Shell.Add(message);
        }));
        _control = Bound("ROUTER", connection.ControlPort, Received(message => Control.Add((message, ReplyOnControl))));
        _stdin = Bound("ROUTER", connection.StdinPort, Received(Stdin.Add));
        _heartbeat = Bound("ROUTER", connection.HbPort, frames => _heartbeat!.TrySend(frames));
        _iopub = Bound("PUB", connection.IopubPort, _ => { });

        ZmtpSocket Bound(string type, int port, Action<IReadOnlyList<byte[]>> received)
        {
            var address = connection.AddressOf(port);
            try
            {
                return new ZmtpSocket(type, address, received, log);
            }
            catch (SocketException exception)
            {
                throw new IOException(exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"{address} is taken by another process: start the kernel again, and the front end chooses other ports."
                    : $"this kernel cannot listen on {address}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Requests to run code and the like, in order.</summary>
    public BlockingCollection<Message> Shell { get; } = [];

    /// <summary>Requests to interrupt and shut down, and where the reply goes.</summary>
    public BlockingCollection<(Message Request, Action<Message> Reply)> Control { get; } = [];

    /// <summary>Answers to questions for input.</summary>
    public BlockingCollection<Message> Stdin { get; } = [];

    private ZmtpSocket[] All => [_shell, _control, _stdin, _heartbeat, _iopub];

    /// <summary>Starts to listen.</summary>
    public void Start() => Array.ForEach(All, socket => socket.Start());

    public void ReplyOnShell(Message message) => Send(_shell, message);

    public void AskOnStdin(Message message) => Send(_stdin, message);

    /// <summary>Tells all front ends.</summary>
    public void Publish(Message message) =>
        // What is published has a topic where a reply has the sender's identity.
        Send(_iopub, message with { Identities = [Encoding.ASCII.GetBytes(message.Type)] });

    /// <summary>Sends what is waiting and closes the sockets.</summary>
    public void Dispose() => Array.ForEach(All, socket => socket.Dispose());

    private void ReplyOnControl(Message message) => Send(_control, message);

    private void Send(ZmtpSocket socket, Message message)
    {
        if (!socket.TrySend(message.Encode(_key))) _log($"{message.Type} dropped: the front end has gone or takes no more");
    }

    private Action<IReadOnlyList<byte[]>> Received(Action<Message> take) => frames =>
    {
        try
        {
            take(Message.Decode(frames, _key));
        }
        catch (FormatException exception)
        {
            _log($"message dropped: {exception.Message}");
        }
    };
}
