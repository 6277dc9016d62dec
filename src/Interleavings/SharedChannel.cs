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
        : base(builder, name) => _items = new BlockingCollection<T>(capacity);

    internal override string State => $"[{string.Join(" ", _items.Select(item => Show(item)))}]{(_items.IsAddingCompleted ? " end" : "")}";

    /// <summary>Puts an item in, when there is room.</summary>
    /// <exception cref="ChannelClosedException">It was completed.</exception>
    public void Write(T item) => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"{Name} ← {Show(item)}",
        Obstacle = () => $"waits for room in {Name}",
        Enabled = _ => _items.Count < _items.BoundedCapacity || _items.IsAddingCompleted,
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
}
