namespace ConcurrencyLab;

/// <summary>A process that has mapped the same file into its memory.</summary>
internal sealed class MappedFilePeer : ProcessPeer
{
    private readonly byte[] _chunk = new byte[MappedChannel.ChunkLength];
    private readonly TempFolder _folder;
    private readonly MappedChannel _channel;

    private MappedFilePeer(ChildProcess child, TempFolder folder, MappedChannel channel) : base("process, by mapped file", child) =>
        (_folder, _channel) = (folder, channel);

    internal static MappedFilePeer Start() => new TempFolder().OrDispose(folder =>
    {
        var path = Path.Combine(folder.Path, "shared");
        MappedChannel.Create(path);
        return ChildProcess.Start(EchoProgram.Verb, EchoProgram.Mapped, path).OrDispose(child =>
            new MappedFilePeer(child, folder, new MappedChannel(path, isChild: false, child.Output.BaseStream, child.Input.BaseStream)));
    });

    private protected override void Exchange(byte[] message, Func<ReadOnlySpan<byte>, int> compare)
    {
        for (int sent = 0, came = 0; came < message.Length;)
        {
            // As much is on its way as there is room for, so that both processes copy at the same time.
            if (sent < message.Length && sent - came < MappedChannel.Capacity)
            {
                sent += _channel.Write(message.AsSpan(sent));
            }
            else
            {
                came = _channel.Read(_chunk) is > 0 and var count ? compare(_chunk.AsSpan(0, count)) : throw new EndOfStreamException();
            }
        }
    }

    private protected override void Close()
    {
        base.Close();
        _channel.Dispose();
        _folder.Dispose();
    }
}
