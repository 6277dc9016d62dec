using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace ConcurrencyLab.Interleavings;

/// <summary>What an <c>await</c> of a controlled object waits for: the task's turn.</summary>
public class ScheduledAwaitable
{
    private readonly ProgramBuilder? _world;
    private readonly Operation? _operation;
    private readonly Task? _real;
    private readonly bool _invariants;

    internal ScheduledAwaitable(ProgramBuilder builder, Operation operation, bool always = false) => (_world, _operation, _invariants) = (builder, operation, always);

    internal ScheduledAwaitable(Task real) => _real = real;

    /// <summary>What it waits for; null in real runs.</summary>
    internal Operation? Operation => _operation;

    /// <summary>What the operation threw when its turn came.</summary>
    internal Exception? Error { get; set; }

    /// <summary>For the compiler.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>As a real await does: goes on at once when there is nothing to wait for, unless it is there to give way.</summary>
    private bool GoesOnAtOnce() => _real?.IsCompleted ?? _world!.StepWithinAwait(_operation!, _invariants);

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
        private readonly ScheduledAwaitable _awaitable;

        internal Awaiter(ScheduledAwaitable turn) => _awaitable = turn;

        /// <summary>Whether the task goes on without giving way.</summary>
        public bool IsCompleted => _awaitable.GoesOnAtOnce();

        /// <summary>Ends the wait; throws what made it fail.</summary>
        public void GetResult()
        {
            _awaitable._real?.GetAwaiter().GetResult();
            if (_awaitable.Error is { } error)
            {
                ExceptionDispatchInfo.Throw(error);
            }
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _awaitable.Then(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _awaitable.Then(continuation);
    }
}

/// <summary>A <see cref="ScheduledAwaitable"/> that brings something.</summary>
public sealed class ScheduledAwaitable<T>
{
    private readonly ScheduledAwaitable _awaitable;
    private readonly Func<T> _result;

    internal ScheduledAwaitable(ProgramBuilder builder, Operation operation, Func<T> result) => (_awaitable, _result) = (new ScheduledAwaitable(builder, operation), result);

    internal ScheduledAwaitable(Task<T> real) => (_awaitable, _result) = (new ScheduledAwaitable(real), () => real.GetAwaiter().GetResult());

    /// <summary>For the compiler.</summary>
    public Awaiter GetAwaiter() => new(this);

    /// <summary>For the compiler.</summary>
    public readonly record struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly ScheduledAwaitable<T> _awaitable;

        internal Awaiter(ScheduledAwaitable<T> turn) => _awaitable = turn;

        /// <summary>Whether the task goes on without giving way.</summary>
        public bool IsCompleted => _awaitable._awaitable.GetAwaiter().IsCompleted;

        /// <summary>What was waited for; throws what made it fail.</summary>
        public T GetResult()
        {
            _awaitable._awaitable.GetAwaiter().GetResult();
            return _awaitable._result();
        }

        /// <inheritdoc/>
        public void OnCompleted(Action continuation) => _awaitable._awaitable.GetAwaiter().OnCompleted(continuation);

        /// <inheritdoc/>
        public void UnsafeOnCompleted(Action continuation) => _awaitable._awaitable.GetAwaiter().UnsafeOnCompleted(continuation);
    }
}
