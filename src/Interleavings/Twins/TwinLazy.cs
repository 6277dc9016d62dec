using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>A value that is made when first asked for.</summary>
internal sealed class TwinLateValue(ProgramBuilder builder, string name) : ControlledObject(builder, name)
{
    public bool IsMade { get; set; }

    public Exception? Error { get; set; }

    internal override string State => IsMade ? "made" : "";
}

/// <summary>Stands for <see cref="System.Lazy{T}"/>: its lock is one that the scheduler sees, its function is the reader's.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinLazy
{
    public static Lazy<T> New<T>(int line) => New(line, Activator.CreateInstance<T>);

    public static Lazy<T> New<T>(int line, Func<T> valueFactory) => New(line, valueFactory, LazyThreadSafetyMode.ExecutionAndPublication);

    public static Lazy<T> New<T>(int line, Func<T> valueFactory, bool isThreadSafe) => New(line, valueFactory, isThreadSafe ? LazyThreadSafetyMode.ExecutionAndPublication : LazyThreadSafetyMode.None);

    public static Lazy<T> New<T>(int line, Func<T> valueFactory, LazyThreadSafetyMode mode)
    {
        var made = new Lazy<T>(valueFactory, mode);
        if (TwinRun.Current is { } run)
        {
            run.Facts[made] = new State<T>(valueFactory, mode);
        }

        return made;
    }

    public static bool IsValueCreated<T>(int line, Lazy<T> lazy)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return lazy.IsValueCreated;
        }

        var late = Of(strand, lazy);
        strand.Do(line, late, $"is {late.Name} made?", () => { }, looks: true);
        return late.IsMade;
    }

    public static T Value<T>(int line, Lazy<T> lazy)
    {
        if (Twin.Here(line) is not { } strand || strand.Run.Facts.GetValueOrDefault(lazy) is not State<T> state)
        {
            return lazy.Value;
        }

        var late = Of(strand, lazy);
        strand.Do(line, late, $"is {late.Name} made?", () => { }, looks: true);
        if (late.IsMade)
        {
            return ValueOf(late, state);
        }

        switch (state.Mode)
        {
            case LazyThreadSafetyMode.ExecutionAndPublication:
                TwinMonitor.Enter(line, state);
                try
                {
                    if (!late.IsMade)
                    {
                        Make(line, strand, late, state, keepsError: true);
                    }
                }
                finally
                {
                    TwinMonitor.Exit(line, state);
                }

                break;
            case LazyThreadSafetyMode.None when state.IsBeingMade:
                strand.Run.Builder.Fail(new DataRaceException($"{strand.Name} is in {late.Name} at once with another, and it is a Lazy that is not thread-safe"));
                break;
            default:
                Make(line, strand, late, state, keepsError: state.Mode == LazyThreadSafetyMode.None);
                break;
        }

        return ValueOf(late, state);
    }

    private static void Make<T>(int line, Strand strand, TwinLateValue late, State<T> state, bool keepsError)
    {
        state.IsBeingMade = true;
        try
        {
            var value = state.Factory();
            strand.Do(line, late, $"make {late.Name}", () =>
            {
                if (!late.IsMade)
                {
                    (state.Value, late.IsMade) = (value, true);
                }
            });
        }
        catch (Exception error) when (keepsError && Twin.MayCatch(error))
        {
            strand.Do(line, late, $"{late.Name} fails", () => (late.Error, late.IsMade) = (error, true));
        }
        finally
        {
            state.IsBeingMade = false;
        }
    }

    private static T ValueOf<T>(TwinLateValue late, State<T> state)
    {
        if (late.Error is { } error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }

        return state.Value;
    }

    private static TwinLateValue Of<T>(Strand strand, Lazy<T> lazy) => strand.Run.ModelOf(lazy, name => new TwinLateValue(strand.Run.Builder, name), "lazy");

    private sealed class State<T>(Func<T> factory, LazyThreadSafetyMode mode)
    {
        public Func<T> Factory { get; } = factory;

        public LazyThreadSafetyMode Mode { get; } = mode;

        public T Value { get; set; } = default!;

        public bool IsBeingMade { get; set; }
    }
}
