using System.Diagnostics;

[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Jupyter.CreatedContainer))]

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>
/// What the dev container's own scripts make of a checkout, made once for all tests: a home with the published kernel, and a
/// workspace with everything built and a chapter run. CI makes it while it checks the format and names it.
/// </summary>
public sealed class CreatedContainer : IDisposable
{
    private const string Variable = "CONCURRENCYLAB_TEST_CONTAINER";
    private readonly string? _named = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;
    private readonly Lazy<Task<string>> _folder;

    public CreatedContainer() => _folder = new Lazy<Task<string>>(CreateAsync);

    /// <summary>The scripts that make and open it.</summary>
    public static string Scripts { get; } = Path.Combine(Jupyter.Root, "tests", "Container");

    /// <summary>The folder with <c>home</c> and <c>workspace</c>; skips the test where there is no such container.</summary>
    public async Task<string> FolderAsync()
    {
        Tier.Needs(OperatingSystem.IsLinux() && File.Exists("/usr/bin/python3"), "The container is a Linux, and made here by Debian's Python.");
        return await _folder.Value;
    }

    public void Dispose()
    {
        if (_named is null && _folder is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }) Directory.Delete(_folder.Value.Result, recursive: true);
    }

    // It ends with the thread that started it, which is how Linux understands a parent: the pool's threads may end sooner.
    private Task<string> CreateAsync() => Task.Factory.StartNew(Create, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private string Create()
    {
        if (_named is not null) return Directory.Exists(Path.Combine(_named, "workspace")) ? _named : throw new DirectoryNotFoundException($"{Variable} names {_named}, where no container was made.");
        var folder = Directory.CreateTempSubdirectory("container").FullName;
        // The chapter's figures are not looked at.
        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(Scripts, "create.py"), folder]) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["CONCURRENCYLAB_MEASURE_SECONDS"] = "0.7" } };
        using var create = Process.Start(start)!;
        var errors = create.StandardError.ReadToEndAsync();
        var said = create.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        create.WaitForExit();
        if (create.ExitCode == 0) return folder;
        Directory.Delete(folder, recursive: true);
        throw new InvalidOperationException(said);
    }
}
