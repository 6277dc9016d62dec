using System.Collections.Concurrent;
using System.Diagnostics;
using ConcurrencyLab.Common;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>The machine's Jupyter, with this build's kernel registered in a folder of the tests' own.</summary>
internal static class Jupyter
{
    public const string KernelName = "lab-under-test";

    private static readonly ConcurrentDictionary<string, string?> Pythons = new(StringComparer.Ordinal);

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program that is the kernel.</summary>
    public static string Program { get; } = Path.Combine(Root, "artifacts", "bin", "Lab", Configuration, "lab.dll");

    /// <summary>A Python on PATH that has a module; skips the test where there is none.</summary>
    public static string PythonWith(string module)
    {
        // Python itself may be there without Jupyter, in front of one that has it.
        var python = Pythons.GetOrAdd(module, static module => CommandSearch.All("python3", "python").FirstOrDefault(candidate => Has(candidate, module)));
        Tier.Needs(python is not null, $"No Python on PATH has {module}: on Debian, tests/install-debian-packages.sh brings it.");
        return python!;
    }

    /// <summary>Runs a Python program with the kernel registered, and returns all it said; fails the test when it fails.</summary>
    /// <param name="module">What the program needs; skips the test where no Python has it.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">The program and its arguments.</param>
    public static async Task<string> Python(string module, string folder, params string[] arguments)
    {
        var program = PythonWith(module);
        Kernelspec.Write(Path.Combine(folder, "kernels", KernelName), ["dotnet", Program, "kernel", "{connection_file}"]);
        using var python = Process.Start(new ProcessStartInfo(program, arguments)
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
        limit.CancelAfter(TimeSpan.FromMinutes(4));
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

    private static bool Has(string python, string module)
    {
        string[] question = ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{module}') is None)"];
        using var asked = Process.Start(new ProcessStartInfo(python, question) { RedirectStandardError = true })!;
        asked.StandardError.ReadToEnd();
        asked.WaitForExit();
        return asked.ExitCode == 0;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ConcurrencyLab.slnx"))) folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
