using System.ComponentModel;
using System.Threading.Channels;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="Channel"/>: makes channels whose two ends take steps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinChannel
{
    public static Channel<T> CreateUnbounded<T>(int line) => Make(line, int.MaxValue, BoundedChannelFullMode.Wait, Channel.CreateUnbounded<T>);

    public static Channel<T> CreateUnbounded<T>(int line, UnboundedChannelOptions options) => CreateUnbounded<T>(line);

    public static Channel<T> CreateBounded<T>(int line, int capacity) => Make(line, capacity, BoundedChannelFullMode.Wait, () => Channel.CreateBounded<T>(capacity));

    public static Channel<T> CreateBounded<T>(int line, BoundedChannelOptions options) => Make(line, options.Capacity, options.FullMode, () => Channel.CreateBounded<T>(options));

    private static Channel<T> Make<T>(int line, int capacity, BoundedChannelFullMode mode, Func<Channel<T>> real)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return real();
        }

        return new Ends<T>(strand.Run.Builder.Keep(new TwinPipe<T>(strand.Run.Builder, strand.Run.Unique("channel"), capacity, mode)));
    }

    private sealed class Ends<T> : Channel<T>
    {
        public Ends(TwinPipe<T> pipe) => (Reader, Writer) = (new TwinReader<T>(pipe), new TwinWriter<T>(pipe));
    }
}

/// <summary>The end that takes.</summary>
internal sealed class TwinReader<T>(TwinPipe<T> pipe) : ChannelReader<T>
{
    public override bool CanCount => true;

    public override int Count
    {
        get
        {
            Strand.Current?.Do(Strand.Current.Line, pipe, $"count {pipe.Name}", () => { }, looks: true);
            return pipe.Count;
        }
    }

    public override Task Completion
    {
        get
        {
            TwinRun.Current?.Bind(pipe.Completion, pipe);
            return pipe.Completion;
        }
    }

    public override bool TryRead(out T item)
    {
        var had = false;
        T? taken = default;
        Strand.Current!.Do(Strand.Current.Line, pipe, $"try to read {pipe.Name}", () => had = pipe.TryRead(out taken));
        item = taken!;
        return had;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => new(TwinPipes.Begin(pipe, $"is there something in {pipe.Name}?", pipe.WaitToRead, waiting => waiting.Task, cancellationToken, waiting => waiting.TrySetCanceled(cancellationToken)).Task);

    public override ValueTask<T> ReadAsync(CancellationToken cancellationToken = default) => new(TwinPipes.Begin(pipe, $"read {pipe.Name}", pipe.Read, reading => reading.Task, cancellationToken, reading => reading.TrySetCanceled(cancellationToken)).Task);

    public override IAsyncEnumerable<T> ReadAllAsync(CancellationToken cancellationToken = default) => new All(this, cancellationToken);

    private sealed class All(TwinReader<T> reader, CancellationToken cancellationToken) : IAsyncEnumerable<T>, IAsyncEnumerator<T>
    {
        public T Current { get; private set; } = default!;

        public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        [System.Runtime.CompilerServices.AsyncMethodBuilder(typeof(TwinValueTaskBuilder<>))]
        public async ValueTask<bool> MoveNextAsync()
        {
            try
            {
                Current = await Twin.Await(Strand.Current!.Line, reader.ReadAsync(cancellationToken));
                return true;
            }
            catch (ChannelClosedException closed) when (closed.InnerException is null)
            {
                return false;
            }
        }

        public ValueTask DisposeAsync() => default;
    }
}

/// <summary>The end that puts in.</summary>
internal sealed class TwinWriter<T>(TwinPipe<T> pipe) : ChannelWriter<T>
{
    public override bool TryComplete(Exception? error = null)
    {
        var completed = false;
        Strand.Current!.Do(Strand.Current.Line, pipe, $"complete {pipe.Name}", () => completed = pipe.Complete(error), givesBack: true);
        return completed;
    }

    public override bool TryWrite(T item)
    {
        var written = false;
        Strand.Current!.Do(Strand.Current.Line, pipe, $"{pipe.Name} ← {ControlledObject.Show(item)}", () => written = pipe.TryWrite(item));
        return written;
    }

    public override ValueTask<bool> WaitToWriteAsync(CancellationToken cancellationToken = default) => new(TwinPipes.Begin(pipe, $"is there room in {pipe.Name}?", pipe.WaitToWrite, waiting => waiting.Task, cancellationToken, waiting => waiting.TrySetCanceled(cancellationToken)).Task);

    public override ValueTask WriteAsync(T item, CancellationToken cancellationToken = default) => new(TwinPipes.Begin(pipe, $"{pipe.Name} ← {ControlledObject.Show(item)}", () => pipe.Write(item), writing => writing.Task, cancellationToken, writing => writing.TrySetCanceled(cancellationToken)).Task);
}

/// <summary>What both ends do alike.</summary>
internal static class TwinPipes
{
    /// <summary>One step; what does not complete in it is completed by a step of the other end.</summary>
    public static TSource Begin<T, TSource>(TwinPipe<T> pipe, string what, Func<TSource> begin, Func<TSource, Task> task, CancellationToken cancellationToken, Action<TSource> cancel)
    {
        var strand = Strand.Current!;
        TSource source = default!;
        strand.Do(strand.Line, pipe, what, () => source = begin());
        if (!task(source).IsCompleted)
        {
            strand.Run.Bind(task(source), pipe);
            if (cancellationToken.CanBeCanceled)
            {
                cancellationToken.Register(() => Strand.Current?.Do(Strand.Current.Line, pipe, $"no longer wait for {pipe.Name}", () => cancel(source)));
            }
        }

        return source;
    }
}
