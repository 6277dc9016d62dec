using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>A place for runs, one after the other: a workshop, on a disk and in a network of its own where those can be had.</summary>
internal sealed class Bench : IDisposable
{
    private const int Megabytes = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-chaos-").FullName;

    private Bench(Room? room, int? ports)
    {
        (Room, Ports) = (room, ports);
        TellFolder = Directory.CreateDirectory(Path.Combine(_folder, "told")).FullName;
    }

    /// <summary>Its own disk and network; null where those cannot be had.</summary>
    public Room? Room { get; private set; }

    /// <summary>How many ports there are; null for as many as usual.</summary>
    public int? Ports { get; }

    public Workshop Workshop { get; private set; } = null!;

    /// <summary>Where the chapter tells its phase; on another disk than its own.</summary>
    public string TellFolder { get; }

    /// <summary>Makes one.</summary>
    /// <param name="ports">How many ports it shall have; null for as many as usual.</param>
    public static async Task<Bench> OpenAsync(int? ports = null)
    {
        var bench = new Bench(null, ports);
        var path = Directory.CreateDirectory(Path.Combine(bench._folder, "lab")).FullName;
        if (await Room.CanBeHad) bench.Room = await Room.OpenAsync(path, Megabytes, ports);
        bench.Workshop = new Workshop(path, bench.Room?.FromOutside(path) ?? path);
        bench.Workshop.Furnish(Paths.Root);
        return bench;
    }

    /// <summary>The next run tells afresh.</summary>
    public void ForgetTold()
    {
        foreach (var phase in Directory.EnumerateFiles(TellFolder)) File.Delete(phase);
    }

    /// <summary>Takes back what a fault did to the place.</summary>
    public void Restore()
    {
        Workshop.EmptyDisk();
        if (Ports is not null) Room?.FreePorts();
    }

    public void Dispose()
    {
        Room?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
