using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ConcurrencyLab;

/// <summary>What an <c>await</c> of a stand-in waits for: the task's turn.</summary>
public class Turn
{
    private readonly World? _world;
    private readonly Operation? _operation;
    private readonly Task? _real;
    private readonly bool _always;

    internal Turn(World world, Operation operation, bool always = false) => (_world, _operation, _always) = (world, operation, always);

    internal Turn(Task real) => _real = real;

    /// <summary>What it waits for; null in real runs.</summary>
    internal Operation? Operation => _operation;

    /// <summary>What the operation threw when its turn came.</summary>
    internal Exception? Error { get; set; }

    /// <summary>For the compiler.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>As a real await does: goes on at once when there is nothing to wait for, unless it is there to give way.</summary>
    private bool GoesOnAtOnce() => _real?.IsCompleted ?? _world!.StepWithinAwait(_operation!, _always);

    private void Then(Action continuation)
    {
        if (_real is not null)
        {
            _real.GetAwaiter().UnsafeOnCompleted(continuation);
            return;
        }

        _world!.Park(this, continuation);
    }

    /// <summary>For the compiler.</summary>
    public readonly record struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly Turn _turn;

        internal Awaiter(Turn turn) => _turn = turn;

        /// <summary>Whether the task goes on without giving way.</summary>
        public bool IsCompleted => _turn.GoesOnAtOnce();

        /// <summary>Ends the wait; throws what made it fail.</summary>
        public void GetResult()
        {
            _turn._real?.GetAwaiter().GetResult();
            if (_turn.Error is { } error)
            {
                ExceptionDispatchInfo.Throw(error);
            }
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _turn.Then(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _turn.Then(continuation);
    }
}

/// <summary>A <see cref="Turn"/> that brings something.</summary>
public sealed class Turn<T>
{
    private readonly Turn _turn;
    private readonly Func<T> _result;

    internal Turn(World world, Operation operation, Func<T> result) => (_turn, _result) = (new Turn(world, operation), result);

    internal Turn(Task<T> real) => (_turn, _result) = (new Turn(real), () => real.GetAwaiter().GetResult());

    /// <summary>For the compiler.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>For the compiler.</summary>
    public readonly record struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly Turn<T> _turn;

        internal Awaiter(Turn<T> turn) => _turn = turn;

        /// <summary>Whether the task goes on without giving way.</summary>
        public bool IsCompleted => _turn._turn.GetAwaiter().IsCompleted;

        /// <summary>What was waited for; throws what made it fail.</summary>
        public T GetResult()
        {
            _turn._turn.GetAwaiter().GetResult();
            return _turn._result();
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _turn._turn.GetAwaiter().OnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _turn._turn.GetAwaiter().UnsafeOnCompleted(continuation);
    }
}
