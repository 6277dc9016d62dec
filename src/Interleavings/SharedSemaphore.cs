namespace ConcurrencyLab.Interleavings;

/// <summary>Permits that tasks take and give back, with the members of <see cref="SemaphoreSlim"/>.</summary>
public sealed class SharedSemaphore : ControlledObject
{
    private readonly SemaphoreSlim _permits;
    private readonly int _most;

    internal SharedSemaphore(ProgramBuilder builder, string name, int permits, int most)
        : base(builder, name) => (_permits, _most) = (new SemaphoreSlim(permits, most), most);

    internal override string State => Show(CurrentCount);

    /// <summary>Permits that are there now; reading it is no step.</summary>
    public int CurrentCount => _permits.CurrentCount;

    /// <summary>Takes a permit, when there is one.</summary>
    public void Wait() => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"wait for {Name}",
        Deed = () => $"take {Name}",
        Obstacle = () => $"waits for a permit of {Name}",
        Enabled = _ => CurrentCount > 0,
        Effect = _ => _permits.Wait(),
    });

    /// <summary>Gives a permit back.</summary>
    /// <exception cref="SemaphoreFullException">There are as many as there may be.</exception>
    public void Release() => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"release {Name}",
        GivesBack = true,
        Effect = _ =>
        {
            if (CurrentCount == _most)
            {
                throw new SemaphoreFullException($"{Name} has all of its {_most} permits.");
            }

            _permits.Release();
        },
    });
}
