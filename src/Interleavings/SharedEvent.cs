using System.Diagnostics.CodeAnalysis;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// A signal with the members of <see cref="EventWaitHandle"/>: one that stays until it is reset, or one that lets a single
/// task pass and resets itself.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run; the handle of a real one is closed by its finaliser.")]
public sealed class SharedEvent : ControlledObject
{
    private readonly bool _resetsItself;
    private readonly EventWaitHandle? _really;
    private bool _isSet;

    internal SharedEvent(ProgramBuilder builder, string name, bool set, bool resetsItself)
        : base(builder, name)
    {
        (_isSet, _resetsItself) = (set, resetsItself);
        _really = builder.Real ? new EventWaitHandle(set, resetsItself ? EventResetMode.AutoReset : EventResetMode.ManualReset) : null;
    }

    internal override string State => _isSet ? "set" : "–";

    internal override int? StateHash => _isSet ? 1 : 0;

    /// <summary>Signals; nothing happens where that was done already.</summary>
    public void Set() => Change(() => _really!.Set(), to: true);

    /// <summary>Takes the signal back.</summary>
    public void Reset() => Change(() => _really!.Reset(), to: false);

    /// <summary>Waits for the signal.</summary>
    public void Wait() => Do(() => _really!.WaitOne(), new Operation
    {
        Target = this,
        OnlyReads = !_resetsItself,
        Intent = () => $"wait for {Name}",
        Deed = () => $"pass {Name}",
        Obstacle = () => $"waits for {Name}",
        Enabled = _ => _isSet,
        Effect = Pass,
    });

    /// <summary>Waits for the signal no longer than this, and says whether it came.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    public bool Wait(TimeSpan timeout) => Try(() => _really!.WaitOne(timeout), () => $"wait for {Name} for a time", timeout, _ => _isSet, Pass);

    private void Pass(int task) => _isSet &= !_resetsItself;

    private void Change(Action real, bool to) => Do(real, new Operation
    {
        Target = this,
        Intent = () => $"{(to ? "set" : "reset")} {Name}",
        Changes = _ => _isSet != to,
        Effect = _ => _isSet = to,
    });
}
