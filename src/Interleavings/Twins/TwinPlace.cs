namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>A variable of ordinary code: a field, a captured local, an element of an array.</summary>
/// <param name="builder">Whose.</param>
/// <param name="name">Its name in pictures.</param>
/// <param name="kind">What it has in common with the same variable of other runs, and of other objects of its type.</param>
internal sealed class TwinPlace(ProgramBuilder builder, string name, string kind) : ControlledObject(builder, name)
{
    private readonly TwinTouch _touch = new(kind);
    private string _shown = "";

    internal override string State => _shown;

    /// <summary>Whether an access is a step.</summary>
    public bool IsStep(Strand strand, bool write) => _touch.IsStep(strand, write);

    public void Shows(object? value) => _shown = Show(value);
}

/// <summary>
/// Learns which kinds of places are shared. What only one strand ever touches, or all only read, needs no step: no order of
/// those accesses matters. Once that turns out to be otherwise, the exploration begins anew and knows.
/// </summary>
internal sealed class TwinTouch(string kind)
{
    private Strand? _first;
    private bool _others;
    private bool _written;

    public bool IsStep(Strand strand, bool write)
    {
        _first ??= strand;
        _others |= _first != strand;
        _written |= write;
        if (_others && _written)
        {
            lock (strand.Run.Findings.Learned)
            {
                strand.Run.Findings.Learned.Add(kind);
            }
        }

        return strand.Run.Findings.Shared.Contains(kind);
    }
}

/// <summary>An object that is made for one user at a time, or, where its type says so, for many.</summary>
internal sealed class TwinUse(ProgramBuilder builder, string name, Type type) : ControlledObject(builder, name)
{
    private readonly TwinTouch _touch = new($"object {type}");
    private readonly List<string> _writing = [];
    private readonly List<string> _reading = [];

    /// <summary>Made to be shared: each call is a step, and none lasts.</summary>
    public bool IsAtomic { get; } = type.Namespace is "System.Collections.Concurrent" or "System.Collections.Immutable" or "System.Collections.Frozen" || type.FullName == "System.Random+ThreadSafeRandom";

    internal override string State => string.Join(" ", _writing.Concat(_reading));

    public bool IsStep(Strand strand, bool write) => _touch.IsStep(strand, write);

    /// <summary>A strand begins to use it.</summary>
    public void Enter(Strand strand, bool write, string what)
    {
        if (IsAtomic)
        {
            return;
        }

        if (_writing.Count > 0 || write && _reading.Count > 0)
        {
            var other = _writing.Concat(_reading).First();
            strand.Run.Builder.Fail(new DataRaceException($"{strand.Name} ({what}) and {other} are in the same {Name} at once, which is not made for that"));
        }

        (write ? _writing : _reading).Add($"{strand.Name} ({what})");
        strand.Open(this, write);
    }

    public void Leave(bool write)
    {
        if ((write ? _writing : _reading) is { Count: > 0 } inside)
        {
            inside.RemoveAt(inside.Count - 1);
        }
    }
}

/// <summary>Tells a captured variable of one call from the same one of another call.</summary>
public sealed class Variable
{
    internal Variable(string name) => Name = name;

    internal string Name { get; }
}
