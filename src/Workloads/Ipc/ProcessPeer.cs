namespace ConcurrencyLab;

/// <summary>A peer in a process of its own, which runs <see cref="EchoProgram"/>.</summary>
internal abstract class ProcessPeer : EchoPeer
{
    private readonly ChildProcess _child;

    private protected ProcessPeer(string name, ChildProcess child) : base(name) => _child = child;

    internal override int? ProcessId => _child.Id;

    private protected sealed override int Exchange(byte[] message)
    {
        var (came, same) = (0, 0);
        try
        {
            Exchange(message, Compare);
        }
        catch (IOException)
        {
            throw _child.EndedAsync().GetAwaiter().GetResult();
        }

        return same;

        // Piece by piece, while it is still in the processor's cache.
        int Compare(ReadOnlySpan<byte> piece)
        {
            if (same == came) same += piece.CommonPrefixLength(message.AsSpan(came));
            return came += piece.Length;
        }
    }

    /// <summary>Sends the message and has each piece compared that comes back.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="compare">Compares the next piece and says how many bytes have come.</param>
    /// <exception cref="IOException">The process is gone.</exception>
    private protected abstract void Exchange(byte[] message, Func<ReadOnlySpan<byte>, int> compare);

    private protected override void Close() => _child.Dispose();
}
