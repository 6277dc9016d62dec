using System.Collections.Concurrent;
using System.Text;
using ConcurrencyLab.Kernel.Execution;
using NetMQ;
using NetMQ.Sockets;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>The five sockets of a kernel, all touched by one thread only, as ZeroMQ demands.</summary>
internal sealed class Channels : IDisposable
{
    private readonly RouterSocket _shell = new(), _control = new(), _stdin = new(), _heartbeat = new();
    private readonly PublisherSocket _iopub = new();
    private readonly NetMQQueue<(NetMQSocket Socket, Message Message)> _outgoing = new();
    private readonly NetMQPoller _poller;
    private readonly byte[] _key;
    private readonly Action<string> _log;

    /// <summary>Binds to the addresses of the connection file, and to nothing else.</summary>
    /// <param name="connection">Where to listen.</param>
    /// <param name="log">Told about messages that are dropped.</param>
    /// <exception cref="NetMQException">An address is taken or not this machine's.</exception>
    public Channels(Connection connection, Action<string> log)
    {
        _key = Encoding.UTF8.GetBytes(connection.Key);
        _log = log;
        Bind(_shell, connection.ShellPort);
        Bind(_control, connection.ControlPort);
        Bind(_stdin, connection.StdinPort);
        Bind(_iopub, connection.IopubPort);
        Bind(_heartbeat, connection.HbPort);
        // VS Code's extension asked for interrupts on the shell socket until the end of 2025, where they would wait for the cell's end.
        _shell.ReceiveReady += (_, _) => Receive(_shell, message =>
        {
            if (message.Type == "interrupt_request") Control.Add((message, ReplyOnShell));
            else Shell.Add(message);
        });
        _control.ReceiveReady += (_, _) => Receive(_control, message => Control.Add((message, ReplyOnControl)));
        _stdin.ReceiveReady += (_, _) => Receive(_stdin, Stdin.Add);
        _heartbeat.ReceiveReady += (_, _) => Echo();
        _outgoing.ReceiveReady += (_, _) => Send();
        _poller = [_shell, _control, _stdin, _heartbeat, _outgoing];

        void Bind(NetMQSocket socket, int port)
        {
            // Enough for a flood; a front end that reads nothing at all must not fill this machine's memory.
            socket.Options.SendHighWatermark = 100_000;
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            socket.Bind(connection.AddressOf(port));
        }
    }

    /// <summary>Requests to run code and the like, in order.</summary>
    public BlockingCollection<Message> Shell { get; } = [];

    /// <summary>Requests to interrupt and shut down, and where the reply goes.</summary>
    public BlockingCollection<(Message Request, Action<Message> Reply)> Control { get; } = [];

    /// <summary>Answers to questions for input.</summary>
    public BlockingCollection<Message> Stdin { get; } = [];

    /// <summary>Starts to listen, on a thread of its own.</summary>
    public void Start() => _poller.RunAsync(KernelThread.NameOf("channels"), isBackgroundThread: true);

    public void ReplyOnShell(Message message) => _outgoing.Enqueue((_shell, message));

    public void AskOnStdin(Message message) => _outgoing.Enqueue((_stdin, message));

    /// <summary>Tells all front ends.</summary>
    public void Publish(Message message) => _outgoing.Enqueue((_iopub, message));

    /// <summary>Sends what is waiting and closes the sockets.</summary>
    public void Dispose()
    {
        if (_poller.IsRunning) _poller.Stop();
        Send();
        foreach (NetMQSocket socket in (NetMQSocket[])[_shell, _control, _stdin, _iopub, _heartbeat]) socket.Dispose();
        _poller.Dispose();
        _outgoing.Dispose();
        NetMQConfig.Cleanup(block: true);
    }

    private void ReplyOnControl(Message message) => _outgoing.Enqueue((_control, message));

    private void Receive(RouterSocket socket, Action<Message> take)
    {
        NetMQMessage? received = null;
        while (socket.TryReceiveMultipartMessage(ref received))
        {
            try
            {
                take(Message.Decode([.. received!.Select(frame => frame.ToByteArray())], _key));
            }
            catch (FormatException exception)
            {
                _log($"message dropped: {exception.Message}");
            }
        }
    }

    private void Echo()
    {
        NetMQMessage? received = null;
        while (_heartbeat.TryReceiveMultipartMessage(ref received)) _heartbeat.TrySendMultipartMessage(received!);
    }

    private void Send()
    {
        while (_outgoing.TryDequeue(out var next, TimeSpan.Zero))
        {
            var (socket, message) = next;
            // What is published has a topic where a reply has the sender's identity.
            if (socket == _iopub) message = message with { Identities = [Encoding.ASCII.GetBytes(message.Type)] };
            try
            {
                if (!socket.TrySendMultipartMessage(new NetMQMessage(message.Encode(_key)))) _log($"{message.Type} dropped: the front end takes no more");
            }
            catch (NetMQException exception)
            {
                // The front end that asked has gone.
                _log($"{message.Type} dropped: {exception.Message}");
            }
        }
    }
}
