using System.ComponentModel;
using System.Threading.Channels;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="ChannelReader{T}"/>: the same calls, of which the line is known.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinChannelReader
{
    public static ValueTask<T> ReadAsync<T>(int line, ChannelReader<T> reader, CancellationToken cancellationToken = default) => Strand.InLine(line, reader).ReadAsync(cancellationToken);

    public static ValueTask<bool> WaitToReadAsync<T>(int line, ChannelReader<T> reader, CancellationToken cancellationToken = default) => Strand.InLine(line, reader).WaitToReadAsync(cancellationToken);

    public static bool TryRead<T>(int line, ChannelReader<T> reader, out T item) => Strand.InLine(line, reader).TryRead(out item!);

    public static IAsyncEnumerable<T> ReadAllAsync<T>(int line, ChannelReader<T> reader, CancellationToken cancellationToken = default) => Strand.InLine(line, reader).ReadAllAsync(cancellationToken);

    public static Task Completion<T>(int line, ChannelReader<T> reader) => Strand.InLine(line, reader).Completion;

    public static int Count<T>(int line, ChannelReader<T> reader) => Strand.InLine(line, reader).Count;
}

/// <summary>Stands for <see cref="ChannelWriter{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinChannelWriter
{
    public static ValueTask WriteAsync<T>(int line, ChannelWriter<T> writer, T item, CancellationToken cancellationToken = default) => Strand.InLine(line, writer).WriteAsync(item, cancellationToken);

    public static ValueTask<bool> WaitToWriteAsync<T>(int line, ChannelWriter<T> writer, CancellationToken cancellationToken = default) => Strand.InLine(line, writer).WaitToWriteAsync(cancellationToken);

    public static bool TryWrite<T>(int line, ChannelWriter<T> writer, T item) => Strand.InLine(line, writer).TryWrite(item);

    public static void Complete<T>(int line, ChannelWriter<T> writer, Exception? error = null) => Strand.InLine(line, writer).Complete(error);

    public static bool TryComplete<T>(int line, ChannelWriter<T> writer, Exception? error = null) => Strand.InLine(line, writer).TryComplete(error);
}
