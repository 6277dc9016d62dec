namespace ConcurrencyLab;

/// <summary>EchoPeer over a file that both processes have mapped into their memory.</summary>
internal sealed class MappedFilePeer : EchoPeer
{
    private readonly TempFolder _folder = new();
    private readonly ChildProcess _child;
    private readonly MappedEnd _end;
    private byte[] _back = [];

    internal MappedFilePeer() : base("process, by mapped file")
    {
        var path = Path.Combine(_folder.Path, "shared");
        var rings = MappedRings.Create(path);
        try
        {
            _child = ChildProcess.Start(EchoProgram.Verb, EchoProgram.Mapped, path);
        }
        catch
        {
            rings.Dispose();
            _folder.Dispose();
            throw;
        }

        _end = new MappedEnd(rings, serves: false, _child.Output.BaseStream, _child.Input.BaseStream);
    }

    internal override int? ProcessId => _child.Id;

    private protected override ReadOnlySpan<byte> Exchange(byte[] message)
    {
        if (_back.Length < message.Length) _back = new byte[message.Length];
        for (int sent = 0, came = 0; came < message.Length;)
        {
            var moved = _end.Write(message.AsSpan(sent));
            var back = _end.Read(_back.AsSpan(came, message.Length - came));
            (sent, came) = (sent + moved, came + back);
            if (moved + back == 0 && !_end.Rest())
            {
                throw _child.EndedAsync().GetAwaiter().GetResult();
            }
        }

        return _back.AsSpan(0, message.Length);
    }

    private protected override void Close()
    {
        _child.Dispose();
        _end.Dispose();
        _folder.Dispose();
    }
}
