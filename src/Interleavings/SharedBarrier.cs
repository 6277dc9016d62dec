using System.Diagnostics.CodeAnalysis;

namespace ConcurrencyLab.Interleavings;

/// <summary>A place where tasks wait for each other, phase after phase, as <see cref="Barrier"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run: the garbage collector takes it.")]
public sealed class SharedBarrier : ControlledObject
{
    private readonly int _participants;
    private readonly Barrier? _really;
    private int _here;
    private int _phase;

    internal SharedBarrier(ProgramBuilder builder, string name, int participants)
        : base(builder, name) => (_participants, _really) = (participants, builder.Real ? new Barrier(participants) : null);

    internal override string State => $"{_here} of {_participants}";

    internal override int? StateHash => unchecked(_phase * 64 + _here);

    /// <summary>Says that this task is there, and waits for all others: two steps.</summary>
    public void SignalAndWait()
    {
        var phase = 0;
        Do(() => _really!.SignalAndWait(), new Operation
        {
            Target = this,
            Intent = () => $"come to {Name}",
            Effect = _ =>
            {
                phase = _phase;
                if (++_here == _participants)
                {
                    (_here, _phase) = (0, _phase + 1);
                }
            },
        });
        Do(() => { }, new Operation
        {
            Target = this,
            OnlyReads = true,
            Gate = Gate.None,
            Intent = () => $"go on from {Name}",
            Obstacle = () => $"waits at {Name}, where {_here} of {_participants} are",
            Enabled = _ => _phase != phase,
            Effect = _ => { },
        });
    }
}
