using System.Diagnostics.CodeAnalysis;

namespace ConcurrencyLab.Interleavings;

/// <summary>A wish that others stop, with the members of <see cref="CancellationTokenSource"/> and <see cref="CancellationToken"/>.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Made anew for every run, and no timer is: the garbage collector takes it.")]
public sealed class SharedCancellation : ControlledObject
{
    private readonly CancellationTokenSource _source = new();

    internal SharedCancellation(ProgramBuilder builder, string name)
        : base(builder, name)
    {
    }

    internal override string State => IsCancelled ? "cancelled" : "–";

    internal override int? StateHash => IsCancelled ? 1 : 0;

    internal bool IsCancelled => _source.IsCancellationRequested;

    internal CancellationToken Token => _source.Token;

    /// <summary>Whether it was said; looking is a step.</summary>
    public bool IsCancellationRequested
    {
        get
        {
            var seen = false;
            Builder.Step(new Operation
            {
                Target = this,
                OnlyReads = true,
                Intent = () => $"look at {Name}",
                Deed = () => $"look at {Name}: {Show(seen)}",
                Effect = _ => seen = IsCancelled,
            });
            return seen;
        }
    }

    /// <summary>Says it; saying it again changes nothing.</summary>
    public void Cancel() => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"cancel {Name}",
        Changes = _ => !IsCancelled,
        Effect = _ => _source.Cancel(),
    });

    /// <summary>Throws when it was said; looking is a step.</summary>
    /// <exception cref="OperationCanceledException">It was said.</exception>
    public void ThrowIfCancellationRequested()
    {
        if (IsCancellationRequested)
        {
            throw new OperationCanceledException($"{Name} was cancelled.", Token);
        }
    }
}
