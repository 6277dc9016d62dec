namespace ConcurrencyLab.Interleavings;

/// <summary>Permits that tasks take and give back, with the members of <see cref="SemaphoreSlim"/>.</summary>
public sealed class SharedSemaphore : ControlledObject
{
    private readonly SemaphoreSlim _permits;
    private readonly int _most;

    internal SharedSemaphore(ProgramBuilder builder, string name, int permits, int most)
        : base(builder, name) => (_permits, _most) = (new SemaphoreSlim(permits, most), most);

    internal override string State => Show(_permits.CurrentCount);

    internal override int? StateHash => _permits.CurrentCount;

    /// <summary>Permits that are there now; looking is a step.</summary>
    public int CurrentCount
    {
        get
        {
            var seen = 0;
            Builder.Step(new Operation
            {
                Target = this,
                OnlyReads = true,
                Intent = () => $"look at {Name}",
                Deed = () => $"look at {Name}: {seen}",
                Effect = _ => seen = _permits.CurrentCount,
            });
            return seen;
        }
    }

    /// <summary>Takes a permit, when there is one.</summary>
    public void Wait() => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"wait for {Name}",
        Deed = () => $"take {Name}",
        Obstacle = () => $"waits for a permit of {Name}",
        Enabled = HasPermit,
        Effect = _ => _permits.Wait(),
    });

    /// <summary>Takes a permit, when there is one before this is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Wait(SharedCancellation cancellation)
    {
        ArgumentNullException.ThrowIfNull(cancellation);
        Do(() => _permits.Wait(cancellation.Token), new Operation
        {
            Target = this,
            Also = cancellation,
            Intent = () => $"wait for {Name}",
            Obstacle = () => $"waits for a permit of {Name}, or for {cancellation.Name}",
            Enabled = task => cancellation.IsCancelled || HasPermit(task),
            Effect = _ => _permits.Wait(cancellation.Token),
        });
    }

    /// <summary>Takes a permit if one can be had within this time, and says whether it did.</summary>
    /// <param name="timeout">In a schedule of ours its length means nothing: it may be over at any moment.</param>
    public bool Wait(TimeSpan timeout) =>
        Try(() => _permits.Wait(timeout), () => $"wait for {Name} for a time", timeout, HasPermit, _ => _permits.Wait());

    /// <summary>Gives a permit back.</summary>
    /// <exception cref="SemaphoreFullException">There would be more than there may be.</exception>
    public void Release() => Release(1);

    /// <summary>Gives permits back.</summary>
    /// <param name="permits">How many, 1 or more.</param>
    /// <exception cref="SemaphoreFullException">There would be more than there may be.</exception>
    public void Release(int permits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permits, 1);
        Builder.Step(new Operation
        {
            Target = this,
            Intent = () => permits == 1 ? $"release {Name}" : $"release {permits} of {Name}",
            GivesBack = true,
            Effect = _ =>
            {
                if (_permits.CurrentCount > _most - permits)
                {
                    throw new SemaphoreFullException($"{Name} has {_permits.CurrentCount} of its {_most} permits.");
                }

                _permits.Release(permits);
            },
        });
    }

    private bool HasPermit(int task) => _permits.CurrentCount > 0;
}
