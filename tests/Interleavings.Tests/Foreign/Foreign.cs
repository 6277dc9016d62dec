namespace ConcurrencyLab.Tests.Foreign;

/// <summary>A small program of somebody else's test suite, written anew, with what its authors say of it.</summary>
/// <param name="Suite">Whose.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Outcome">How its worst schedule ends.</param>
/// <param name="Build">The program.</param>
/// <param name="Classes">How many orders differ in more than steps that commute, where that is documented.</param>
/// <param name="ReadsFrom">How many differ in who reads what from whom, where that is documented.</param>
public sealed record Foreign(string Suite, string Name, Outcome Outcome, Action<ProgramBuilder> Build, int? Classes = null, int? ReadsFrom = null)
{
    internal static IReadOnlyList<Foreign> All { get; } = [.. Chess.All, .. Nidhugg.All, .. Rust.All, .. Coyote.All];

    /// <summary>Its suite and name.</summary>
    public override string ToString() => $"{Suite}: {Name}";

    /// <summary>Tasks that begin together.</summary>
    internal static void Threads(ProgramBuilder program, params Action[] bodies)
    {
        for (var i = 0; i < bodies.Length; i++)
        {
            program.Task($"T{i}", bodies[i]);
        }
    }

    /// <summary>The same task so many times; it is told its number.</summary>
    internal static void Threads(ProgramBuilder program, int count, Action<int> body) =>
        Threads(program, [.. Enumerable.Range(0, count).Select<int, Action>(me => () => body(me))]);

    /// <summary>What a lock protects.</summary>
    internal static void Inside(SharedLock gate, Action body)
    {
        using (gate.EnterScope())
        {
            body();
        }
    }
}
