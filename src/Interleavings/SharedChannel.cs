using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace ConcurrencyLab.Interleavings;

/// <summary>A queue from some tasks to others, with the members of <see cref="Channel{T}"/>'s two ends.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run, and no wait handle is: the garbage collector takes it.")]
public sealed class SharedChannel<T> : ControlledObject
{
    // Unlike a Channel's, its items can be looked at without taking them: pictures show them.
    private readonly BlockingCollection<T> _items;

    internal SharedChannel(ProgramBuilder builder, string name, int capacity)
        : base(builder, name) => _items = capacity == int.MaxValue ? [] : new BlockingCollection<T>(capacity);

    internal override string State => $"[{string.Join(" ", _items.Select(item => Show(item)))}]{(_items.IsAddingCompleted ? " end" : "")}";

    private bool HasRoom => _items.BoundedCapacity < 0 || _items.Count < _items.BoundedCapacity;

    /// <summary>Puts an item in, when there is room.</summary>
    /// <exception cref="ChannelClosedException">It was completed.</exception>
    public void Write(T item) => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"{Name} ← {Show(item)}",
        Obstacle = () => $"waits for room in {Name}",
        Enabled = _ => HasRoom || _items.IsAddingCompleted,
        Effect = _ =>
        {
            try
            {
                _items.Add(item);
            }
            catch (InvalidOperationException)
            {
                throw new ChannelClosedException();
            }
        },
    });

    /// <summary>Puts an item in if there is room and nobody has completed it; says whether it did.</summary>
    public bool TryWrite(T item) => Try(
        () => TryAdd(item),
        () => $"try {Name} ← {Show(item)}",
        TimeSpan.Zero,
        _ => HasRoom && !_items.IsAddingCompleted,
        _ => _items.Add(item));

    /// <summary>Takes the oldest item, when there is one.</summary>
    /// <exception cref="ChannelClosedException">It is empty and was completed.</exception>
    public T Read()
    {
        T? taken = default;
        Builder.Step(new Operation
        {
            Target = this,
            Intent = () => $"read from {Name}",
            Deed = () => $"{Name} → {Show(taken)}",
            Obstacle = () => $"waits for something in {Name}",
            Enabled = _ => _items.Count > 0 || _items.IsAddingCompleted,
            Effect = _ =>
            {
                if (!_items.TryTake(out taken, Timeout.Infinite))
                {
                    throw new ChannelClosedException();
                }
            },
        });
        return taken!;
    }

    /// <summary>Takes the oldest item if there is one; says whether there was.</summary>
    public bool TryRead([MaybeNullWhen(false)] out T item)
    {
        T? taken = default;
        var had = Try(() => _items.TryTake(out taken), () => $"try to read from {Name}", TimeSpan.Zero, _ => _items.Count > 0, _ => _items.TryTake(out taken));
        item = taken;
        return had;
    }

    /// <summary>Says that nothing more will come.</summary>
    /// <exception cref="ChannelClosedException">It was said before.</exception>
    public void Complete() => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"complete {Name}",
        GivesBack = true,
        Effect = _ =>
        {
            if (_items.IsAddingCompleted)
            {
                throw new ChannelClosedException();
            }

            _items.CompleteAdding();
        },
    });

    private bool TryAdd(T item)
    {
        try
        {
            return _items.TryAdd(item);
        }
        catch (InvalidOperationException)
        {
            // Completed.
            return false;
        }
    }
}
