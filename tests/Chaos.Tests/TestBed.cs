using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>A place for runs, one after the other: a repository, on a disk and in a network of its own where those can be had.</summary>
internal sealed class TestBed : IDisposable
{
    private const int Megabytes = 24;

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-chaos-").FullName;

    private TestBed(Namespaces? namespaces, int? ports)
    {
        (Namespaces, Ports) = (namespaces, ports);
        PhaseFolder = Directory.CreateDirectory(Path.Combine(_folder, "phases")).FullName;
    }

    /// <summary>Its own disk and network; null where those cannot be had.</summary>
    public Namespaces? Namespaces { get; private set; }

    /// <summary>How many ports there are; null for as many as usual.</summary>
    public int? Ports { get; }

    public SampleRepository SampleRepository { get; private set; } = null!;

    /// <summary>Where the chapter tells its phase; on another disk than its own.</summary>
    public string PhaseFolder { get; }

    /// <summary>Makes one.</summary>
    /// <param name="ports">How many ports it has; null for as many as usual.</param>
    public static async Task<TestBed> OpenAsync(int? ports = null)
    {
        var testBed = new TestBed(null, ports);
        var path = Directory.CreateDirectory(Path.Combine(testBed._folder, "lab")).FullName;
        if (await Namespaces.CanBeHad) testBed.Namespaces = await Namespaces.OpenAsync(path, Megabytes, ports);
        testBed.SampleRepository = new SampleRepository(path, testBed.Namespaces?.FromOutside(path) ?? path);
        testBed.SampleRepository.Create(Paths.Root);
        return testBed;
    }

    /// <summary>The next run tells afresh.</summary>
    public void ForgetPhases()
    {
        foreach (var phase in Directory.EnumerateFiles(PhaseFolder)) File.Delete(phase);
    }

    /// <summary>Takes back what a fault did to the place.</summary>
    public void Restore()
    {
        SampleRepository.EmptyDisk();
        if (Ports is not null) Namespaces?.FreePorts();
    }

    public void Dispose()
    {
        Namespaces?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
