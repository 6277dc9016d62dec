using System.Threading.Channels;

namespace ConcurrencyLab.Interleavings;

/// <summary>A queue from some tasks to others, with the members of <see cref="Channel{T}"/>'s two ends.</summary>
public sealed class SharedChannel<T> : ControlledObject
{
    private readonly Queue<T> _items = new();
    private readonly int _capacity;
    private readonly Channel<T>? _real;
    private bool _complete;

    internal SharedChannel(ProgramBuilder builder, string name, int capacity)
        : base(builder, name)
    {
        _capacity = capacity;
        _real = builder.Real ? Channel.CreateBounded<T>(capacity) : null;
    }

    internal override string State => $"[{string.Join(" ", _items.Select(item => Show(item)))}]{(_complete ? " end" : "")}";

    /// <summary>Puts an item in, when there is room.</summary>
    /// <exception cref="ChannelClosedException">It was completed.</exception>
    public void Write(T item)
    {
        if (_real is not null)
        {
            _real.Writer.WriteAsync(item).AsTask().GetAwaiter().GetResult();
            return;
        }

        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"{Name} ← {Show(item)}",
            Obstacle = () => $"waits for room in {Name}",
            Enabled = _ => _items.Count < _capacity || _complete,
            Effect = _ =>
            {
                if (_complete)
                {
                    throw new ChannelClosedException();
                }

                _items.Enqueue(item);
                return true;
            },
        });
    }

    /// <summary>Takes the oldest item, when there is one.</summary>
    /// <exception cref="ChannelClosedException">It is empty and was completed.</exception>
    public T Read()
    {
        if (_real is not null)
        {
            return _real.Reader.ReadAsync().AsTask().GetAwaiter().GetResult();
        }

        T taken = default!;
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"read from {Name}",
            Deed = () => $"{Name} → {Show(taken)}",
            Obstacle = () => $"waits for something in {Name}",
            Enabled = _ => _items.Count > 0 || _complete,
            Effect = _ =>
            {
                taken = _items.Count > 0 ? _items.Dequeue() : throw new ChannelClosedException();
                return true;
            },
        });
        return taken;
    }

    /// <summary>Says that nothing more will come.</summary>
    /// <exception cref="ChannelClosedException">It was said before.</exception>
    public void Complete()
    {
        if (_real is not null)
        {
            _real.Writer.Complete();
            return;
        }

        Builder.Release(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"complete {Name}",
            Effect = _ =>
            {
                _complete = !_complete ? true : throw new ChannelClosedException();
                return true;
            },
        });
    }
}
