using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>All cancellation of a run: sources are linked to each other, and a token does not say to which it belongs.</summary>
internal sealed class TwinCancellation(ProgramBuilder builder, string name) : ControlledObject(builder, name)
{
    private static readonly object Key = new();

    internal override string State => "";

    public static bool IsRequested(int line, CancellationToken token)
    {
        if (token.CanBeCanceled)
        {
            Step(line, "cancelled?", looks: true);
        }

        return token.IsCancellationRequested;
    }

    public static void Step(int line, string what, bool looks)
    {
        if (Twin.Here(line) is { } strand)
        {
            strand.Do(line, strand.Run.ModelOf(Key, name => new TwinCancellation(strand.Run.Builder, name), "cancellation"), what, () => { }, looks);
        }
    }
}

/// <summary>Stands for <see cref="CancellationTokenSource"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinCancellationTokenSource
{
    public static CancellationTokenSource New(int line) => new();

    public static CancellationTokenSource New(int line, int millisecondsDelay) => New(line, TimeSpan.FromMilliseconds(millisecondsDelay));

    public static CancellationTokenSource New(int line, TimeSpan delay)
    {
        var made = new CancellationTokenSource();
        CancelAfter(line, made, delay);
        return made;
    }

    public static void Cancel(int line, CancellationTokenSource source)
    {
        TwinCancellation.Step(line, "cancel", looks: false);
        source.Cancel();
    }

    public static Task CancelAsync(int line, CancellationTokenSource source)
    {
        Cancel(line, source);
        return Task.CompletedTask;
    }

    public static void CancelAfter(int line, CancellationTokenSource source, int millisecondsDelay) => CancelAfter(line, source, TimeSpan.FromMilliseconds(millisecondsDelay));

    /// <summary>When the time is over is a matter of the scheduler.</summary>
    public static void CancelAfter(int line, CancellationTokenSource source, TimeSpan delay)
    {
        if (Twin.Here(line) is { } strand && delay != Timeout.InfiniteTimeSpan)
        {
            strand.Run.Spawn(null, isBackground: true, () => Cancel(line, source));
        }
    }

    public static bool IsCancellationRequested(int line, CancellationTokenSource source)
    {
        TwinCancellation.Step(line, "cancelled?", looks: true);
        return source.IsCancellationRequested;
    }

    public static CancellationTokenSource CreateLinkedTokenSource(int line, params CancellationToken[] tokens) => CancellationTokenSource.CreateLinkedTokenSource(tokens);
}

/// <summary>Stands for <see cref="CancellationToken"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinCancellationToken
{
    public static bool IsCancellationRequested(int line, CancellationToken token)
    {
        TwinCancellation.Step(line, "cancelled?", looks: true);
        return token.IsCancellationRequested;
    }

    public static void ThrowIfCancellationRequested(int line, CancellationToken token)
    {
        TwinCancellation.Step(line, "cancelled?", looks: true);
        token.ThrowIfCancellationRequested();
    }

    public static CancellationTokenRegistration Register(int line, CancellationToken token, Action callback)
    {
        TwinCancellation.Step(line, "register", looks: true);
        return token.Register(callback);
    }

    public static bool CanBeCanceled(int line, CancellationToken token) => token.CanBeCanceled;
}
