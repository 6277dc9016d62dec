using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>The command <c>lab run --save</c> on a test bed, in a session of its own, as a terminal would start it.</summary>
internal sealed class LabRun : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private LabRun(Process process)
    {
        _process = process;
        _process.StandardInput.Close();
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
        Ended = process.WaitForExitAsync();
    }

    /// <summary>The program as it was built; the tests' own copy lacks the compiler that was compiled ahead.</summary>
    public static string Program { get; } = Path.Combine(Paths.Root, "artifacts", "bin", "Lab", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "lab.dll");

    /// <summary>The interpreter itself: what PATH names first may be a script that looks for it, slowly. Null when there is none.</summary>
    public static string? Python { get; } = FindPython();

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>Completes when it has ended.</summary>
    public Task Ended { get; }

    /// <summary>Starts it.</summary>
    /// <param name="testBed">Where.</param>
    /// <param name="processes">Marks it.</param>
    /// <param name="cellLimit">In seconds.</param>
    /// <param name="preparations">Commands of a shell that change its process first.</param>
    /// <param name="errors">Which share of the orders goes wrong, and how.</param>
    public static LabRun Start(TestBed testBed, MarkedProcesses processes, int cellLimit, IEnumerable<string> preparations, (double Share, string Kind)? errors = null)
    {
        // The program replaces the shell, so that the number of the process is the lab's.
        var shell = string.Join("; ", [$"cd '{testBed.SampleRepository.Path}'", .. preparations, "exec \"$@\""]);
        string[] command = [.. testBed.Namespaces?.Enter ?? [], "setsid", "bash", "-c", shell, "bash",
            "dotnet", Program, "run", "--save", "--cell-timeout", $"{cellLimit}", $"notebooks/{ChaosChapter.Name}.ipynb"];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["TMPDIR"] = testBed.SampleRepository.Temporary,
                ["CONCURRENCYLAB_PYTHON"] = Python ?? "none",
                [ChaosChapter.PhasesVariable] = testBed.PhaseFolder,
                // Nothing is measured here: code that runs once need not be compiled with all care.
                ["DOTNET_TieredCompilation"] = "1",
                ["DOTNET_TieredPGO"] = "0",
            },
        };
        if (errors is var (share, kind))
        {
            start.Environment[ChaosChapter.ErrorsVariable] = share.ToString(CultureInfo.InvariantCulture);
            start.Environment[ChaosChapter.FaultsVariable] = kind;
        }
        processes.Mark(start);
        return new LabRun(Process.Start(start)!);
    }

    /// <summary>Waits for its end, not longer than said.</summary>
    public async Task<bool> EndsWithinAsync(TimeSpan longest) => await Task.WhenAny(Ended, Task.Delay(longest)) == Ended;

    /// <summary>All that it wrote to its two streams.</summary>
    public async Task<(string Output, string Error)> SaidAsync()
    {
        await Ended;
        return (await _output, await _error);
    }

    public void Dispose() => _process.Dispose();

    private static string? FindPython()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-I", "-c", "import sys; print(sys.executable)"]) { RedirectStandardOutput = true })!;
            var path = python.StandardOutput.ReadToEnd().Trim();
            return path.Length > 0 ? path : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
