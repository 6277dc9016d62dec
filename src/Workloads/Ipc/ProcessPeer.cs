namespace ConcurrencyLab;

/// <summary>A peer in a process of its own, which runs <see cref="EchoProgram"/>.</summary>
internal abstract class ProcessPeer : EchoPeer
{
    private readonly ChildProcess _child;
    private byte[] _back = [];

    private protected ProcessPeer(string name, ChildProcess child) : base(name) => _child = child;

    internal override int? ProcessId => _child.Id;

    private protected sealed override ReadOnlySpan<byte> Exchange(byte[] message)
    {
        if (_back.Length < message.Length) _back = new byte[message.Length];
        var back = _back.AsSpan(0, message.Length);
        try
        {
            Exchange(message, back);
        }
        catch (IOException)
        {
            throw _child.EndedAsync().GetAwaiter().GetResult();
        }

        return back;
    }

    /// <summary>Sends the message and fills <paramref name="back"/> with what comes back.</summary>
    /// <exception cref="IOException">The process is gone.</exception>
    private protected abstract void Exchange(byte[] message, Span<byte> back);

    private protected override void Close() => _child.Dispose();
}
