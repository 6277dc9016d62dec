using System.Diagnostics;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Debian's Jupyter, with this build's kernel registered in a folder of the tests' own.</summary>
internal static class Jupyter
{
    public const string KernelName = "lab-under-test";

    private static readonly Lazy<string?> Missing = new(Install);

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program that is the kernel.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "Lab", Configuration, "lab.dll");

    /// <summary>Runs a Python program with Debian's Python and returns all it said; fails the test when it fails.</summary>
    public static async Task<string> Python(string folder, params string[] arguments)
    {
        if (Missing.Value is { } reason) Assert.Skip(reason);
        var kernels = Path.Combine(folder, "kernels");
        Kernelspec.Write(Path.Combine(kernels, KernelName), ["dotnet", Program, "kernel", "{connection_file}"]);
        using var python = Process.Start(new ProcessStartInfo("/usr/bin/python3", arguments)
        {
            WorkingDirectory = folder,
            // It ends with this process, however that ends, and a program may take that as its sign to stop.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // What a chapter measures is not what is tested here: each comparison gets a twentieth of its usual time.
            Environment = { ["CONCURRENCYLAB_MEASURE_SECONDS"] = "0.2", ["JUPYTER_PATH"] = folder, ["HOME"] = folder, ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1" },
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            var output = python.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = python.StandardError.ReadToEndAsync(limit.Token);
            await python.WaitForExitAsync(limit.Token);
            var said = await output + await errors;
            Assert.True(python.ExitCode == 0, said);
            return said;
        }
        finally
        {
            if (!python.HasExited) python.Kill(entireProcessTree: true);
        }
    }

#if DEBUG
    private const string Configuration = "debug";
#else
    private const string Configuration = "release";
#endif

    private static string? Install()
    {
        const string Hint = "Jupyter's clients are not installed: run tests/install-debian-packages.sh as root";
        if (!File.Exists("/usr/bin/dpkg-query")) return "This system has no Debian packages: Jupyter's clients are not tested here.";
        using var install = Process.Start("/bin/sh", [Path.Combine(Root, "tests", "install-debian-packages.sh")]);
        install.WaitForExit();
        return install.ExitCode == 0 ? null : Hint;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConcurrencyLab.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
