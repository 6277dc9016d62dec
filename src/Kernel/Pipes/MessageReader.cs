using System.Buffers;
using System.Text;
using System.Text.Json;

namespace ConcurrencyLab.Kernel.Pipes;

/// <summary>Reads what <see cref="MessageWriter"/> wrote and tells it from other bytes in between.</summary>
/// <param name="stream">What is read.</param>
public sealed class MessageReader(Stream stream)
{
    private readonly byte[] _block = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly Decoder _otherText = Encoding.UTF8.GetDecoder();
    private bool _inMessage;

    /// <summary>Reads until the other end is closed.</summary>
    /// <param name="received">Gets each message in order.</param>
    /// <param name="stray">Gets text that belongs to no message.</param>
    public async Task ReadToEndAsync<T>(Action<T> received, Action<string> stray) where T : class
    {
        int count;
        while ((count = await stream.ReadAsync(_block).ConfigureAwait(false)) > 0)
        {
            ReadOnlyMemory<byte> rest = _block.AsMemory(0, count);
            while (!rest.IsEmpty) rest = Take(rest, received, stray);
        }
    }

    private ReadOnlyMemory<byte> Take<T>(ReadOnlyMemory<byte> bytes, Action<T> received, Action<string> stray) where T : class
    {
        if (!_inMessage)
        {
            var start = bytes.Span.IndexOf(MessageWriter.Separator);
            Stray(start < 0 ? bytes.Span : bytes.Span[..start], stray);
            _inMessage = start >= 0;
            return _inMessage ? bytes[(start + 1)..] : default;
        }
        var end = bytes.Span.IndexOf((byte)'\n');
        _message.Write(end < 0 ? bytes.Span : bytes.Span[..end]);
        if (end < 0) return default;
        _inMessage = false;
        var text = _message.WrittenSpan;
        T? message = null;
        try
        {
            message = JsonSerializer.Deserialize<T>(text, MessageJson.Options);
        }
        catch (JsonException)
        {
            // A cell wrote a separator of its own.
            Stray(text, stray);
        }
        _message.ResetWrittenCount();
        if (message is not null) received(message);
        return bytes[(end + 1)..];
    }

    private void Stray(ReadOnlySpan<byte> bytes, Action<string> stray)
    {
        if (bytes.IsEmpty) return;
        var characters = new char[_otherText.GetCharCount(bytes, flush: false)];
        _otherText.GetChars(bytes, characters, flush: false);
        if (characters.Length > 0) stray(new string(characters));
    }
}
