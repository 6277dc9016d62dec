using System.Globalization;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>One run of the twin of ordinary code: the scheduler's side of every object that the code shares.</summary>
internal sealed class TwinRun
{
    private static readonly AsyncLocal<TwinRun?> Flowing = new();

    private readonly Dictionary<(object? Owner, string Name), TwinPlace> _places = new(new ByIdentity());
    private readonly Dictionary<(object? Real, string Kind), ControlledObject> _models = new(new ByIdentity());
    private readonly Dictionary<Task, ControlledObject> _targets = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _named = new(StringComparer.Ordinal);
    private int _foreground = 1;

    public TwinRun(ProgramBuilder builder, TwinFindings findings)
    {
        (Builder, Findings) = (builder, findings);
        builder.Postconditions.Add(("no exception is lost", () => Lost() is { } lost ? throw lost : true));
    }

    public ProgramBuilder Builder { get; }

    public TwinFindings Findings { get; }

    /// <summary>The values that variables from outside begin with.</summary>
    public IReadOnlyDictionary<string, object?> Outer { get; init; } = new Dictionary<string, object?>();

    /// <summary>Asynchronous work that has not completed or whose exception nobody has seen.</summary>
    public HashSet<Task> Unobserved { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Only background work is left: what of it waits need not go on.</summary>
    public bool OnlyBackgroundLeft => _foreground == 0;

    /// <summary>The run of the strand that the calling thread plays; null outside of all runs.</summary>
    public static TwinRun? Current => Strand.Current?.Run;

    /// <summary>The run that the calling code was started by, also where the scheduler does not see its thread.</summary>
    public static TwinRun? StartedBy => Flowing.Value;

    public TwinPlace PlaceOf(object? owner, string name)
    {
        if (!_places.TryGetValue((owner, name), out var place))
        {
            _places[(owner, name)] = place = Builder.Keep(new TwinPlace(Builder, Unique(name), $"{(owner is Variable ? "variable" : owner?.GetType().Name)} {name}"));
        }

        return place;
    }

    /// <summary>The scheduler's side of a real object, made when the code first meets it; a list that is also locked has two.</summary>
    public T ModelOf<T>(object real, Func<string, T> make, string name)
        where T : ControlledObject
    {
        if (!_models.TryGetValue((real, typeof(T).Name), out var model))
        {
            _models[(real, typeof(T).Name)] = model = Builder.Keep(make(Unique(name)));
        }

        return (T)model;
    }

    /// <summary>What those who await a task look at; null when nobody can see it before it has completed.</summary>
    public ControlledObject? TargetOf(Task task) => _targets.GetValueOrDefault(task);

    /// <summary>Whoever awaits the task looks at this.</summary>
    public void Bind(Task task, ControlledObject target) => _targets[task] = target;

    /// <summary>What is known of a real object besides.</summary>
    public Dictionary<object, object> Facts { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>A name that no other object of this run has.</summary>
    public string Unique(string name)
    {
        var count = _named[name] = _named.GetValueOrDefault(name) + 1;
        return count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}#{count}");
    }

    /// <summary>Plays the first strand: the code itself.</summary>
    public void Main(Action body) => Play(new Strand(this, "main", isBackground: false), body);

    /// <summary>Something else goes on from here: a thread, a task, the rest of what awaits.</summary>
    /// <returns>Its name.</returns>
    public string Spawn(string? name, bool isBackground, Action body)
    {
        var parent = Strand.Current!;
        var strand = new Strand(this, name is null ? parent.NameOfChild() : Unique(name), isBackground);
        _foreground += isBackground ? 0 : 1;
        Builder.Spawn(strand.Name, () => Play(strand, body));
        return strand.Name;
    }

    private void Play(Strand strand, Action body)
    {
        Flowing.Value = this;
        Strand.Current = strand;
        try
        {
            body();
            strand.CloseUse();
        }
        catch (StrandEndsException)
        {
            // Background work whose program has ended.
        }
        finally
        {
            _foreground -= strand.IsBackground ? 0 : 1;
            Strand.Current = null;
        }
    }

    private LostException? Lost() => Unobserved.Where(task => task.IsFaulted).Select(task => new LostException(task.Exception!.InnerException!)).FirstOrDefault();

    private sealed class ByIdentity : IEqualityComparer<(object? Owner, string Name)>
    {
        public bool Equals((object? Owner, string Name) x, (object? Owner, string Name) y) => ReferenceEquals(x.Owner, y.Owner) && x.Name == y.Name;

        public int GetHashCode((object? Owner, string Name) obj) => HashCode.Combine(obj.Owner is null ? 0 : RuntimeHelpers.GetHashCode(obj.Owner), obj.Name);
    }
}

/// <summary>What is learned from runs of a twin, for those that come after.</summary>
internal sealed class TwinFindings
{
    /// <summary>Kinds of places that more than one strand touches: only accesses to these are steps. Settled while exploring.</summary>
    public HashSet<string> Shared { get; } = new(StringComparer.Ordinal);

    /// <summary>Those that were found since.</summary>
    public HashSet<string> Learned { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes over what was learned; false when that is nothing new.</summary>
    public bool Settle()
    {
        var before = Shared.Count;
        lock (Learned)
        {
            Shared.UnionWith(Learned);
        }

        return Shared.Count > before;
    }
}

/// <summary>A strand of background work ends with its program; never seen by users.</summary>
internal sealed class StrandEndsException() : Exception("The program has ended.");

/// <summary>Nobody awaited a task that failed, so that nobody knows.</summary>
internal sealed class LostException(Exception inner) : Exception($"{inner.GetType().Name} ({inner.Message}) was thrown in a task that nobody awaits, and is lost", inner);

/// <summary>Two strands use an object at once that is made for one at a time.</summary>
internal sealed class DataRaceException(string message) : Exception(message);
