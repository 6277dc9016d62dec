namespace ConcurrencyLab.Interleavings;

/// <summary>Permits that tasks take and give back, with the members of <see cref="SemaphoreSlim"/>.</summary>
public sealed class SharedSemaphore : ControlledObject
{
    private readonly int _most;
    private readonly SemaphoreSlim? _real;
    private int _permits;

    internal SharedSemaphore(ProgramBuilder builder, string name, int permits, int most)
        : base(builder, name)
    {
        (_permits, _most) = (permits, most);
        _real = builder.Real ? new SemaphoreSlim(permits, most) : null;
    }

    internal override string State => Show(_permits);

    /// <summary>Permits that are there now; reading it is no step.</summary>
    public int CurrentCount => _real?.CurrentCount ?? _permits;

    /// <summary>Takes a permit, when there is one.</summary>
    public void Wait()
    {
        if (_real is not null)
        {
            _real.Wait();
            return;
        }

        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"wait for {Name}",
            Deed = () => $"take {Name}",
            Obstacle = () => $"waits for a permit of {Name}",
            Enabled = _ => _permits > 0,
            Effect = _ =>
            {
                _permits--;
                return true;
            },
        });
    }

    /// <summary>Gives a permit back.</summary>
    /// <exception cref="SemaphoreFullException">There are as many as there may be.</exception>
    public void Release()
    {
        if (_real is not null)
        {
            _real.Release();
            return;
        }

        Builder.Release(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => $"release {Name}",
            Effect = _ =>
            {
                _permits = _permits < _most ? _permits + 1 : throw new SemaphoreFullException($"{Name} has all of its {_most} permits.");
                return true;
            },
        });
    }
}
