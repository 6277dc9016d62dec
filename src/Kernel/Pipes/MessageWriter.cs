using System.Text.Json;

namespace ConcurrencyLab.Kernel.Pipes;

/// <summary>
/// Writes messages as a JSON text sequence (RFC 7464): a record separator before each and a line feed after it, so that
/// bytes which a cell's own child processes write to the same pipe cannot be taken for a message.
/// </summary>
/// <param name="stream">What is written to.</param>
public sealed class MessageWriter(Stream stream)
{
    /// <summary>The byte before each message.</summary>
    public const byte Separator = 0x1e;

    private readonly Lock _turn = new();

    /// <summary>Writes one message at once; safe from any thread.</summary>
    /// <exception cref="IOException">The other end is closed.</exception>
    public void Write<T>(T message)
    {
        using var buffer = new MemoryStream();
        buffer.WriteByte(Separator);
        JsonSerializer.Serialize(buffer, message, MessageJson.Options);
        buffer.WriteByte((byte)'\n');
        lock (_turn)
        {
            stream.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
            stream.Flush();
        }
    }
}
