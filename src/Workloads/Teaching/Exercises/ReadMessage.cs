using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 03: a pipe carries bytes, not messages.</summary>
    public static Exercise<Func<Stream, int, byte[]>> ReadMessage { get; } = new(
        "03-2",
        "Read returns how many bytes it got, which may be fewer than you asked for, and 0 at the end. Go on until you have all, or let pipe.ReadExactly(message) do that.",
        """
        using System.IO;

        byte[] ReadMessage(Stream pipe, int length)
        {
            var message = new byte[length];
            pipe.ReadExactly(message);
            return message;
        }

        await Exercises.ReadMessage.Check(ReadMessage)
        """,
        async attempt =>
        {
            byte[] first = [.. Enumerable.Range(1, 100).Select(number => (byte)number)];
            byte[] second = [.. first.Select(number => (byte)(number + 100))];
            var (one, two, end) = await OverPipe(attempt, first, second).ConfigureAwait(false);
            return one switch
            {
                null => "It returned null instead of the message.",
                _ when one.Length != first.Length => $"The message has {first.Length} bytes, but it returned {one.Length}.",
                _ when !one.SequenceEqual(first) =>
                    $"Of {first.Length} bytes, the first {one.AsSpan().CommonPrefixLength(first)} are right. The writer wrote in two pieces, and one Read gives what is there by then.",
                _ when two is null || !two.SequenceEqual(second) => "The first message is right, the second is not: bytes of it were taken away with the first.",
                _ => end switch
                {
                    null => "The writer was gone after half of the third message, and it was returned as if it were whole. Say so: an EndOfStreamException.",
                    ReadOnException => "The writer was gone after half of the third message, and it read on and on: Read returns 0 when nothing will ever come.",
                    IndexOutOfRangeException or ArgumentException or NullReferenceException =>
                        $"The writer was gone after half of the third message, and what came of it was a {end.GetType().Name}: an accident. Say what happened: an EndOfStreamException.",
                    _ => null,
                },
            };
        });

    /// <summary>Two messages, the first in two pieces, then half of a third. The last is what was thrown for the missing half.</summary>
    private static async Task<(byte[]? One, byte[]? Two, Exception? End)> OverPipe(Func<Stream, int, byte[]> attempt, byte[] first, byte[] second)
    {
        using var writer = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        using var pipe = new NoticingPipe(writer.ClientSafePipeHandle);
        writer.Write(first, 0, 40);
        var reading = Task.Factory.StartNew(() => attempt(pipe, first.Length), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        // The rest comes when the first piece has been read: never earlier, however slow this machine is.
        await Task.WhenAny(pipe.SomethingWasRead, reading).ConfigureAwait(false);
        writer.Write([.. first[40..], .. second]);
        var one = await reading.ConfigureAwait(false);
        // An attempt that took more than the first would wait for the second for ever.
        if (one is null || !one.SequenceEqual(first) || pipe.Taken > first.Length) return (one, null, null);
        var two = attempt(pipe, second.Length);
        writer.Write(first, 0, 50);
        writer.Dispose();
        try
        {
            attempt(pipe, first.Length);
            return (one, two, null);
        }
        catch (Exception end) when (end is not NotImplementedException)
        {
            return (one, two, end is AggregateException { InnerException: { } only } ? only : end);
        }
    }

    /// <summary>Ends an attempt that would read on for ever.</summary>
    private sealed class ReadOnException() : IOException("Nothing more will come.");

    /// <summary>The reading end of a pipe, which tells when something has been read from it.</summary>
    private sealed class NoticingPipe : PipeStream
    {
        private const int MostReadsOfNothing = 1000;
        private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal NoticingPipe(SafePipeHandle handle) : base(PipeDirection.In, 0)
        {
            InitializeHandle(handle, isExposed: false, isAsync: false);
            IsConnected = true;
        }

        internal Task SomethingWasRead => _read.Task;

        /// <summary>Bytes read so far.</summary>
        internal int Taken { get; private set; }

        private int _readsOfNothing;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Task.Run(() => Read(buffer.Span), cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int ReadByte()
        {
            Span<byte> one = stackalloc byte[1];
            return Read(one) == 0 ? -1 : one[0];
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = base.Read(buffer);
            Taken += count;
            if (count == 0 && buffer.Length > 0 && ++_readsOfNothing > MostReadsOfNothing) throw new ReadOnException();
            _read.TrySetResult();
            return count;
        }
    }
}
