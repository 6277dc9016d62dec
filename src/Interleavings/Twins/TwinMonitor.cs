using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

#pragma warning disable CS1591 // Called by the twins of users' code and by nobody else; each member stands for what its name says.

/// <summary>Stands for <see cref="Monitor"/> and for the <c>lock</c> statement.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinMonitor
{
    public static void Enter(int line, object obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        Of(obj, line)?.Enter();
    }

    public static void Enter(int line, object obj, ref bool lockTaken)
    {
        Enter(line, obj);
        lockTaken = true;
    }

    public static bool TryEnter(int line, object obj) => Of(obj, line)?.TryEnter() ?? true;

    /// <summary>A time that is over before the lock is free is a matter of the scheduler: trying late enough is as good as waiting.</summary>
    public static bool TryEnter(int line, object obj, int millisecondsTimeout)
    {
        if (millisecondsTimeout == Timeout.Infinite)
        {
            Enter(line, obj);
            return true;
        }

        return TryEnter(line, obj);
    }

    public static bool TryEnter(int line, object obj, TimeSpan timeout) => TryEnter(line, obj, (int)timeout.TotalMilliseconds);

    public static void TryEnter(int line, object obj, ref bool lockTaken) => lockTaken = TryEnter(line, obj);

    public static void TryEnter(int line, object obj, int millisecondsTimeout, ref bool lockTaken) => lockTaken = TryEnter(line, obj, millisecondsTimeout);

    public static void Exit(int line, object obj) => Of(obj, line)?.Exit();

    public static bool Wait(int line, object obj)
    {
        Of(obj, line)?.Wait();
        return true;
    }

    public static void Pulse(int line, object obj) => Of(obj, line)?.Pulse();

    public static void PulseAll(int line, object obj) => Of(obj, line)?.PulseAll();

    internal static SharedLock? Of(object obj, int line)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return null;
        }

        strand.CloseUse();
        strand.Changes++;
        return strand.Run.ModelOf(obj, name => new SharedLock(strand.Run.Builder, name), obj is Lock || obj.GetType() == typeof(object) ? "lock" : $"lock of {Twin.NameOf(obj.GetType())}");
    }
}

/// <summary>Stands for <see cref="Lock"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinLock
{
    public static void Enter(int line, object it) => TwinMonitor.Enter(line, it);

    public static bool TryEnter(int line, object it) => TwinMonitor.TryEnter(line, it);

    public static bool TryEnter(int line, object it, int millisecondsTimeout) => TwinMonitor.TryEnter(line, it, millisecondsTimeout);

    public static bool TryEnter(int line, object it, TimeSpan timeout) => TwinMonitor.TryEnter(line, it, timeout);

    public static void Exit(int line, object it) => TwinMonitor.Exit(line, it);

    public static Scope EnterScope(int line, object it)
    {
        TwinMonitor.Enter(line, it);
        return new Scope(line, it);
    }

    public readonly record struct Scope(int Line, object It) : IDisposable
    {
        public void Dispose() => TwinMonitor.Exit(Line, It);
    }
}
