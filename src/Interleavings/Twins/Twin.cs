using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>What twins call around the accesses of ordinary code. Outside of a run, all of it does nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class Twin
{
    [ThreadStatic]
    private static Delegate? _started;

    /// <summary>Stands for an access that is a step, or for one that is none.</summary>
    public readonly record struct Access
    {
        internal TwinPlace? Place { get; init; }
    }

    public static Variable Variable(string name) => new(name);

    /// <summary>The program itself, handed over by the code around it.</summary>
    public static void Start(Action program) => _started = program;

    public static void Start(Func<Task> program) => _started = program;

    internal static Delegate? TakeStarted()
    {
        var started = _started;
        _started = null;
        return started;
    }

    /// <summary>What a variable from outside had as its value when the program was made.</summary>
    public static T Outer<T>(string name) => (T)TwinRun.Current!.Outer[name]!;

    // Variables: the step first, then the access.

    public static Access Read(int line, object? owner, string name)
    {
        if (Here(line) is not { } strand)
        {
            return default;
        }

        var place = strand.Run.PlaceOf(owner, name);
        if (!place.IsStep(strand, write: false))
        {
            return default;
        }

        strand.Step(new Operation { Target = place, OnlyReads = true, Intent = () => $"read {place.Name}", Effect = _ => { } });
        return new Access { Place = place };
    }

    public static T Seen<T>(Access access, T value)
    {
        if (access.Place is { } place)
        {
            place.Shows(value);
            place.Builder.Amend($"read {place.Name} = {place.State}");
        }

        return value;
    }

    public static T Write<T>(T value, int line, object? owner, string name)
    {
        if (Here(line) is { } strand)
        {
            var place = strand.Run.PlaceOf(owner, name);
            if (place.IsStep(strand, write: true))
            {
                strand.Step(new Operation { Target = place, Intent = () => $"write {place.Name} = {ControlledObject.Show(value)}", Effect = _ => place.Shows(value) });
            }
            else
            {
                place.Shows(value);
            }
        }

        return value;
    }

    public static string Index(Array array, params long[] indices) => string.Create(CultureInfo.InvariantCulture, $"[{string.Join(",", indices)}]");

    public static string Index(Array array, int index) => Index(array, [index]);

    public static string Index(Array array, Index index) => Index(array, [index.GetOffset(array.Length)]);

    // Order of evaluation, in expressions.

    public static T Keep<T>(T value, out T kept) => kept = value;

    public static T First<T>(T first, object? then) => first;

    public static T Then<T>(object? first, T then) => then;

    public static T Was<T>(object? first, T then) => then;

    public static T Value<T>(T value) => value;

    public static void All(params object?[] inOrder)
    {
    }

    public static void IfThere(bool isThere, Action then)
    {
        if (isThere)
        {
            then();
        }
    }

    // Loops, functions, handlers.

    public static void Round(int line) => Strand.Current?.Round(line);

    /// <summary>A loop that changes nothing of its own: unless its last round changed something that others see, it waits for one of them.</summary>
    public static void Spin(int line, ref int rounds)
    {
        if (Strand.Current is not { } strand)
        {
            return;
        }

        strand.Round(line);
        if (rounds == strand.Changes)
        {
            strand.CloseUse();
            strand.Run.Builder.SpinOnce();
        }

        rounds = strand.Changes;
    }

    public static void Enter(int line)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new InsufficientExecutionStackException($"line {line.ToString(CultureInfo.InvariantCulture)} calls itself for ever");
        }
    }

    /// <summary>False of what ends a run, which is for the scheduler alone.</summary>
    public static bool MayCatch(Exception error) => error is not (RunIsOverException or StrandEndsException or UncontrolledConcurrencyException or ThreadInterruptedException);

    /// <summary>What an <c>async void</c> method throws ends the process for real.</summary>
    public static void Crash(int line, Exception error)
    {
        if (TwinRun.Current is { } run && MayCatch(error))
        {
            run.Builder.Fail(error);
        }
    }

    /// <summary>The strand that the calling thread plays; null outside of a run.</summary>
    internal static Strand? Here(int line)
    {
        var strand = Strand.Current;
        if (strand is null && TwinRun.StartedBy is { } run)
        {
            lock (run)
            {
                run.Builder.NotSeen(string.Create(CultureInfo.InvariantCulture, $"what code does on a thread that the scheduler did not start (line {line})"));
            }
        }

        strand?.Line = line > 0 ? line : strand.Line;
        return strand;
    }
}
