using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>What can go wrong around a run.</summary>
internal enum Fault
{
    /// <summary>The shop answers 503 to some orders.</summary>
    Refusals,

    /// <summary>The shop resets the connection (TCP RST) amid some answers.</summary>
    Resets,

    /// <summary>Everything runs with few file descriptors from the start.</summary>
    FewDescriptors,

    /// <summary>A process gets hardly any more descriptors than it has open at that moment.</summary>
    NoMoreDescriptors,

    /// <summary>The disk that holds notebooks, book and temporary files is full.</summary>
    DiskFull,

    /// <summary>No file may grow (RLIMIT_FSIZE): the nearest to a full disk that needs no rights.</summary>
    FilesMayNotGrow,

    /// <summary>Hardly a port is free on the whole machine.</summary>
    NoPort,

    /// <summary>A process is stopped for good (SIGSTOP).</summary>
    Suspended,

    /// <summary>SIGINT to one process.</summary>
    Interrupt,

    /// <summary>SIGINT to the lab's process group, as a terminal's Ctrl-C sends it.</summary>
    ControlC,

    /// <summary>SIGTERM.</summary>
    Terminate,

    /// <summary>SIGKILL.</summary>
    Kill,
}

/// <summary>A process of a run, by what it does there.</summary>
internal enum Role
{
    None, Lab, Chapter, Shop, Worker, Python,
}

/// <summary>One fault at one moment; all of it follows from the seed.</summary>
/// <param name="Seed">Number of the injection, from 1.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Victim">Whom it hits.</param>
/// <param name="Phase">The phase of the run that has to be reached first (<see cref="ChaosChapter.Phases"/>).</param>
/// <param name="Delay">How long after that, in milliseconds.</param>
/// <param name="Share">0 to 1: how much of it, where that means something (errors, descriptors, bytes, ports).</param>
internal sealed record Injection(int Seed, Fault Fault, Role Victim, string Phase, int Delay, double Share)
{
    /// <summary>Each kind of fault with its victim and the phases in which it can be hit; the first <see cref="Everyday"/> are those of an everyday run.</summary>
    private static readonly (Fault Fault, Role Victim, string[] Phases)[] Kinds =
    [
        (Fault.Kill, Role.Shop, ["shop-starts"]),
        (Fault.Kill, Role.Shop, ["orders", "workers", "again"]),
        (Fault.Refusals, Role.None, ["start"]),
        (Fault.Resets, Role.None, ["start"]),
        (Fault.FewDescriptors, Role.None, ["start"]),
        (Fault.NoMoreDescriptors, Role.Chapter, ["opening", "card", "shop", "orders", "workers", "python", "files", "picture"]),
        (Fault.DiskFull, Role.None, ["start", "opening", "orders", "python", "files", "picture", "saving"]),
        (Fault.NoPort, Role.None, ["start"]),
        (Fault.Suspended, Role.Shop, ["shop-starts", "orders", "again"]),
        (Fault.Suspended, Role.Worker, ["workers"]),
        (Fault.Suspended, Role.Chapter, ["opening", "orders", "workers", "python", "files", "picture"]),
        (Fault.Interrupt, Role.Lab, ChaosChapter.Phases),
        (Fault.Terminate, Role.Lab, ChaosChapter.Phases),
        (Fault.Kill, Role.Lab, ChaosChapter.Phases),
        (Fault.Interrupt, Role.Chapter, ChaosChapter.PhasesOfChapter),
        (Fault.Terminate, Role.Chapter, ChaosChapter.PhasesOfChapter),
        (Fault.Kill, Role.Chapter, ChaosChapter.PhasesOfChapter),
        (Fault.Interrupt, Role.Worker, ["workers"]),
        (Fault.Terminate, Role.Worker, ["workers"]),
        (Fault.Kill, Role.Worker, ["workers"]),
        (Fault.ControlC, Role.Lab, ChaosChapter.Phases),
        (Fault.NoMoreDescriptors, Role.Lab, ["start", "opening", "picture", "saving"]),
        (Fault.NoMoreDescriptors, Role.Shop, ["shop-starts", "orders", "again"]),
        (Fault.FilesMayNotGrow, Role.None, ["start"]),
        (Fault.Suspended, Role.Python, ["python"]),
        (Fault.Kill, Role.Python, ["python"]),
    ];

    /// <summary>This many injections, from seed 1 on, are made where all tests are asked for; the kinds after them by longer runs only.</summary>
    public const int Everyday = 20;

    /// <summary>The injection of a seed.</summary>
    public static Injection Of(int seed)
    {
        var dice = new Random(seed);
        var (fault, victim, phases) = Kinds[(seed - 1) % Kinds.Length];
        var phase = phases[dice.Next(phases.Length)];
        return new Injection(seed, fault, victim, phase, dice.Next(ChaosChapter.Length(phase)), dice.NextDouble());
    }

    /// <summary>Fault, victim and moment in words.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {Fault}{(Victim == Role.None ? "" : $" of {Victim}")} at {Phase} + {Delay} ms, share {Share:0.00}");
}
