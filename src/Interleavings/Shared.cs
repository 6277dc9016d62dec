namespace ConcurrencyLab.Interleavings;

/// <summary>
/// A variable that several tasks read and write. Each read and each write is one step: between two of them any other task
/// may run. Steps of all tasks are seen by all in the same order (sequential consistency); what compilers and processors
/// may reorder on top of that is not modelled.
/// </summary>
/// <typeparam name="T">A number, a bool, a string or a reference.</typeparam>
public sealed class Shared<T> : ControlledObject
{
    private T _value;

    internal Shared(ProgramBuilder builder, string name, T value)
        : base(builder, name) => _value = value;

    internal override string State => Show(_value);

    /// <inheritdoc/>
    internal override int? StateHash => _value is null ? 0 : typeof(T).IsPrimitive || _value is string or Enum ? _value.GetHashCode() : null;

    /// <summary>Reads it, or writes it: one step each.</summary>
    public T Value
    {
        // Nothing is made where the access is no step: in a real run every nanosecond here changes the odds.
        get
        {
            if (!Builder.Direct)
            {
                return ReadInStep();
            }

            Builder.Watch(this);
            return _value;
        }

        set
        {
            if (Builder.Direct)
            {
                _value = value;
            }
            else
            {
                WriteInStep(value);
            }
        }
    }

    /// <summary>Writes it and returns what was there, in one step; as <see cref="Interlocked.Exchange{T}(ref T, T)"/>.</summary>
    public T Exchange(T value) =>
        Atomically(() => $"exchange {Name} = {Show(value)}", (old, _) => $"exchange {Name} = {Show(value)}, was {Show(old)}", _ => value).Old;

    /// <summary>
    /// Writes it if it equals <paramref name="comparand"/> and returns what was there, in one step; as
    /// <see cref="Interlocked.CompareExchange{T}(ref T, T, T)"/>.
    /// </summary>
    public T CompareExchange(T value, T comparand) => Atomically(
        () => $"{Name}: {Show(comparand)} → {Show(value)}?",
        (old, _) => $"{Name}: {Show(comparand)} → {Show(value)}? was {Show(old)}",
        old => AreEqual(old, comparand) ? value : old,
        old => AreEqual(old, comparand)).Old;

    /// <summary>Reads, computes and writes in one step, as the methods of <see cref="Interlocked"/> do.</summary>
    /// <param name="change">The new value from the old one; it must not touch anything shared.</param>
    /// <returns>The new value.</returns>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Atomically(() => $"update {Name}", (old, made) => $"{Name} {Show(old)} → {Show(made)}", change).New;
    }

    /// <summary>Its name and value.</summary>
    public override string ToString() => $"{Name} = {State}";

    private static bool AreEqual(T one, T other) => EqualityComparer<T>.Default.Equals(one, other);

    private T ReadInStep()
    {
        T seen = default!;
        Builder.Step(new Operation
        {
            Target = this,
            OnlyReads = true,
            Intent = () => $"read {Name}",
            Deed = () => $"read {Name} = {Show(seen)}",
            Effect = _ => seen = _value,
        });
        return seen;
    }

    private void WriteInStep(T value) => Builder.Step(new Operation
    {
        Target = this,
        Intent = () => $"write {Name} = {Show(value)}",
        Effect = _ => _value = value,
    });

    private (T Old, T New) Atomically(Func<string> intent, Func<T, T, string> deed, Func<T, T> change, Func<T, bool>? changes = null)
    {
        T old = default!, made = default!;
        Builder.Step(new Operation
        {
            Target = this,
            Intent = intent,
            Deed = () => deed(old, made),
            Changes = _ => changes?.Invoke(_value) != false,
            Effect = _ =>
            {
                do
                {
                    old = _value;
                    made = change(old);
                }
                while (!Replace(old, made));
            },
        });
        return (old, made);
    }

    /// <summary>False when another thread of a real run was faster.</summary>
    private bool Replace(T old, T made)
    {
        if (Builder.Real)
        {
            return AreEqual(Interlocked.CompareExchange(ref _value, made, old), old);
        }

        _value = made;
        return true;
    }
}

/// <summary>Counting in one step.</summary>
public static class SharedNumbers
{
    /// <summary>Adds one in one step, as <see cref="Interlocked.Increment(ref int)"/>; returns the new value.</summary>
    public static int Increment(this Shared<int> number) => number.Add(1);

    /// <summary>Takes one away in one step, as <see cref="Interlocked.Decrement(ref int)"/>; returns the new value.</summary>
    public static int Decrement(this Shared<int> number) => number.Add(-1);

    /// <summary>Adds in one step, as <see cref="Interlocked.Add(ref int, int)"/>; returns the new value.</summary>
    public static int Add(this Shared<int> number, int amount)
    {
        ArgumentNullException.ThrowIfNull(number);
        return number.Update(old => old + amount);
    }
}
