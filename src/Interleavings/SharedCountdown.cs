using System.Diagnostics.CodeAnalysis;

namespace ConcurrencyLab.Interleavings;

/// <summary>A number that tasks count down to nought, with the members of <see cref="CountdownEvent"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run, and no wait handle is: the garbage collector takes it.")]
public sealed class SharedCountdown : ControlledObject
{
    private readonly CountdownEvent _count;

    internal SharedCountdown(ProgramBuilder builder, string name, int count)
        : base(builder, name) => _count = new CountdownEvent(count);

    internal override string State => Show(_count.CurrentCount);

    internal override int? StateHash => _count.CurrentCount;

    /// <summary>Counts down; says whether that was the last one.</summary>
    /// <param name="signals">By how many, 1 or more.</param>
    /// <exception cref="InvalidOperationException">It is at nought, or would come below.</exception>
    public bool Signal(int signals = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signals, 1);
        return Change($"signal {Name}", () => _count.Signal(signals));
    }

    /// <summary>Counts up.</summary>
    /// <param name="signals">By how many, 1 or more.</param>
    /// <exception cref="InvalidOperationException">It is at nought already.</exception>
    public void AddCount(int signals = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(signals, 1);
        Change($"add to {Name}", () =>
        {
            _count.AddCount(signals);
            return true;
        });
    }

    /// <summary>Waits until it is at nought.</summary>
    public void Wait() => Do(_count.Wait, new Operation
    {
        Target = this,
        OnlyReads = true,
        Intent = () => $"wait for {Name}",
        Obstacle = () => $"waits for {Name}, which is at {_count.CurrentCount}",
        Enabled = _ => _count.IsSet,
        Effect = _ => { },
    });

    private bool Change(string intent, Func<bool> change)
    {
        var result = false;
        Builder.Step(new Operation { Target = this, Intent = () => intent, Effect = _ => result = change() });
        return result;
    }
}
