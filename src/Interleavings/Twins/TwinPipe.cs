using System.Threading.Channels;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>What is in a channel, and who waits for it.</summary>
internal sealed class TwinPipe<T>(ProgramBuilder builder, string name, int capacity, BoundedChannelFullMode mode) : ControlledObject(builder, name)
{
    private readonly List<T> _items = [];
    private readonly List<TaskCompletionSource<T>> _readers = [];
    private readonly List<(T Item, TaskCompletionSource Done)> _writers = [];
    private readonly List<TaskCompletionSource<bool>> _lookers = [];
    private readonly List<TaskCompletionSource<bool>> _roomSeekers = [];
    private readonly TaskCompletionSource _completion = new();
    private Exception? _error;

    public bool IsComplete { get; private set; }

    public int Count => _items.Count;

    public Task Completion => _completion.Task;

    internal override string State => $"[{string.Join(" ", _items.Select(item => Show(item)))}]{(IsComplete ? " end" : "")}";

    public bool TryRead(out T? item)
    {
        item = default;
        if (_items.Count == 0)
        {
            return false;
        }

        item = _items[0];
        _items.RemoveAt(0);
        if (_writers.Count > 0)
        {
            _items.Add(_writers[0].Item);
            _writers[0].Done.TrySetResult();
            _writers.RemoveAt(0);
        }

        Wake(_roomSeekers, !IsComplete);
        EndIfDone();
        return true;
    }

    public bool TryWrite(T item)
    {
        if (IsComplete)
        {
            return false;
        }

        if (_readers.Count > 0)
        {
            _readers[0].TrySetResult(item);
            _readers.RemoveAt(0);
            return true;
        }

        if (_items.Count >= capacity)
        {
            switch (mode)
            {
                case BoundedChannelFullMode.Wait:
                    return false;
                case BoundedChannelFullMode.DropWrite:
                    return true;
                case BoundedChannelFullMode.DropNewest:
                    _items.RemoveAt(_items.Count - 1);
                    break;
                default:
                    _items.RemoveAt(0);
                    break;
            }
        }

        _items.Add(item);
        Wake(_lookers, true);
        return true;
    }

    public TaskCompletionSource<T> Read()
    {
        var reading = new TaskCompletionSource<T>();
        if (TryRead(out var item))
        {
            reading.SetResult(item!);
        }
        else if (IsComplete)
        {
            reading.SetException(Closed());
        }
        else
        {
            _readers.Add(reading);
        }

        return reading;
    }

    public TaskCompletionSource Write(T item)
    {
        var writing = new TaskCompletionSource();
        if (TryWrite(item))
        {
            writing.SetResult();
        }
        else if (IsComplete)
        {
            writing.SetException(Closed());
        }
        else
        {
            _writers.Add((item, writing));
        }

        return writing;
    }

    public TaskCompletionSource<bool> WaitToRead() => Later(_lookers, _items.Count > 0 ? true : IsComplete ? false : null);

    public TaskCompletionSource<bool> WaitToWrite() => Later(_roomSeekers, IsComplete ? false : _items.Count < capacity || mode != BoundedChannelFullMode.Wait ? true : null);

    public bool Complete(Exception? error)
    {
        if (IsComplete)
        {
            return false;
        }

        (IsComplete, _error) = (true, error);
        _readers.ForEach(reader => reader.TrySetException(Closed()));
        _writers.ForEach(writer => writer.Done.TrySetException(Closed()));
        _readers.Clear();
        _writers.Clear();
        if (_items.Count == 0)
        {
            Wake(_lookers, false);
        }

        Wake(_roomSeekers, false);
        EndIfDone();
        return true;
    }

    public Exception Closed() => new ChannelClosedException(_error);

    private void EndIfDone()
    {
        if (!IsComplete || _items.Count > 0)
        {
            return;
        }

        Wake(_lookers, false);
        _ = _error is null ? _completion.TrySetResult() : _completion.TrySetException(_error);
    }

    private static TaskCompletionSource<bool> Later(List<TaskCompletionSource<bool>> waiting, bool? now)
    {
        var later = new TaskCompletionSource<bool>();
        if (now is { } answer)
        {
            later.SetResult(answer);
        }
        else
        {
            waiting.Add(later);
        }

        return later;
    }

    private static void Wake(List<TaskCompletionSource<bool>> waiting, bool answer)
    {
        waiting.ForEach(one => one.TrySetResult(answer));
        waiting.Clear();
    }
}
