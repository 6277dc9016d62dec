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

    /// <summary>Reads it, or writes it: one step each.</summary>
    public T Value
    {
        get
        {
            if (Builder.Direct)
            {
                return _value;
            }

            T seen = default!;
            Builder.Step(new Operation
            {
                Target = this,
                Access = Access.Read,
                Intent = () => $"read {Name}",
                Deed = () => $"read {Name} = {Show(seen)}",
                Effect = _ =>
                {
                    seen = _value;
                    return false;
                },
            });
            return seen;
        }

        set
        {
            if (Builder.Direct)
            {
                _value = value;
                return;
            }

            Builder.Step(new Operation
            {
                Target = this,
                Access = Access.Write,
                Intent = () => $"write {Name} = {Show(value)}",
                Effect = _ =>
                {
                    _value = value;
                    return true;
                },
            });
        }
    }

    /// <summary>Writes it and returns what was there, in one step; as <see cref="Interlocked.Exchange{T}(ref T, T)"/>.</summary>
    public T Exchange(T value)
    {
        if (Builder.Direct)
        {
            return Interlocked.Exchange(ref _value, value);
        }

        return Atomically($"exchange {Name} = {Show(value)}", old => $"exchange {Name} = {Show(value)}, was {Show(old)}", _ => (true, value));
    }

    /// <summary>
    /// Writes it if it equals <paramref name="comparand"/> and returns what was there, in one step; as
    /// <see cref="Interlocked.CompareExchange{T}(ref T, T, T)"/>.
    /// </summary>
    public T CompareExchange(T value, T comparand)
    {
        if (Builder.Direct)
        {
            return Interlocked.CompareExchange(ref _value, value, comparand);
        }

        return Atomically(
            $"{Name}: {Show(comparand)} → {Show(value)}?",
            old => $"{Name}: {Show(comparand)} → {Show(value)}? was {Show(old)}",
            old => EqualityComparer<T>.Default.Equals(old, comparand) ? (true, value) : (false, old));
    }

    /// <summary>Reads, computes and writes in one step, as the methods of <see cref="Interlocked"/> do.</summary>
    /// <param name="change">The new value from the old one; it must not touch anything shared.</param>
    /// <returns>The new value.</returns>
    public T Update(Func<T, T> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (!Builder.Direct)
        {
            T made = default!;
            Atomically($"update {Name}", old => $"{Name} {Show(old)} → {Show(made)}", old => (true, made = change(old)));
            return made;
        }

        while (true)
        {
            var old = _value;
            var fresh = change(old);
            if (EqualityComparer<T>.Default.Equals(Interlocked.CompareExchange(ref _value, fresh, old), old))
            {
                return fresh;
            }
        }
    }

    /// <summary>Its name and value.</summary>
    public override string ToString() => $"{Name} = {State}";

    private T Atomically(string intent, Func<T, string> deed, Func<T, (bool Changed, T Value)> change)
    {
        T old = default!;
        Builder.Step(new Operation
        {
            Target = this,
            Access = Access.Write,
            Intent = () => intent,
            Deed = () => deed(old),
            Effect = _ =>
            {
                old = _value;
                (var changed, _value) = change(old);
                return changed;
            },
        });
        return old;
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
