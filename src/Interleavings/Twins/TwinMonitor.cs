using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="Monitor"/> and for the <c>lock</c> statement.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinMonitor
{
    public static void Enter(int line, object obj, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(obj);
        Of(obj, line, name)?.Enter();
    }

    public static void Enter(int line, object obj, ref bool lockTaken)
    {
        Enter(line, obj);
        lockTaken = true;
    }

    public static bool TryEnter(int line, object obj) => Of(obj, line)?.TryEnter() ?? true;

    public static bool TryEnter(int line, object obj, int millisecondsTimeout) => TryEnter(line, obj, TimeSpan.FromMilliseconds(millisecondsTimeout));

    public static bool TryEnter(int line, object obj, TimeSpan timeout) => Of(obj, line)?.TryEnter(timeout) ?? true;

    public static void TryEnter(int line, object obj, ref bool lockTaken) => lockTaken = TryEnter(line, obj);

    public static void TryEnter(int line, object obj, int millisecondsTimeout, ref bool lockTaken) => lockTaken = TryEnter(line, obj, millisecondsTimeout);

    public static void Exit(int line, object obj) => Of(obj, line)?.Exit();

    public static bool Wait(int line, object obj)
    {
        Of(obj, line)?.Wait();
        return true;
    }

    public static bool Wait(int line, object obj, int millisecondsTimeout) => Wait(line, obj, TimeSpan.FromMilliseconds(millisecondsTimeout));

    public static bool Wait(int line, object obj, TimeSpan timeout) => Of(obj, line)?.Wait(timeout) ?? true;

    public static void Pulse(int line, object obj) => Of(obj, line)?.Pulse();

    public static void PulseAll(int line, object obj) => Of(obj, line)?.PulseAll();

    internal static SharedLock? Of(object obj, int line, string? given = null)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return null;
        }

        strand.CloseUse();
        strand.Changes++;
        return strand.Run.ModelOf(obj, name => new SharedLock(strand.Run.Builder, name, spuriousWakeUps: 0), given ?? (obj is Lock || obj.GetType() == typeof(object) ? "lock" : $"lock of {Twin.NameOf(obj.GetType())}"));
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
