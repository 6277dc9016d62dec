using System.Diagnostics;
using ConcurrencyLab.Common;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests.Support;

/// <summary>The <c>lab</c> command as a process, as its user runs it.</summary>
public sealed class LabProgram : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private LabProgram(ProcessStartInfo start)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        // Nothing is measured here: code that runs once need not be compiled with all care.
        (start.Environment["DOTNET_TieredCompilation"], start.Environment["DOTNET_TieredPGO"]) = ("1", "0");
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program as it was built: the tests' own copy lacks the compiler that was compiled ahead.</summary>
    public static string File { get; } = Path.Combine(Paths.Root, "artifacts", "bin", "Lab", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "lab.dll");

    /// <summary>What a test waits at most for anything: many times what it takes on a busy machine.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(4);

    public int Id => _process.Id;

    public static LabProgram Start(params string[] arguments) => Start(_ => { }, arguments);

    /// <summary>Runs the command after its surroundings were changed.</summary>
    public static LabProgram Start(Action<ProcessStartInfo> change, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, [File, .. arguments]);
        change(start);
        return new LabProgram(start);
    }

    /// <summary>Runs the command in a shell that has changed something about its process first.</summary>
    public static LabProgram StartAfter(string shellCommands, params string[] arguments) =>
        new(new ProcessStartInfo("bash", ["-c", $"{shellCommands}; exec \"$@\"", "bash", DotnetHost.Path, File, .. arguments]));

    public static async Task<Ended> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        return await program.EndAsync();
    }

    public async Task<Ended> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest);
        return new Ended(_process.ExitCode, await _output, await _error);
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>What the command left behind.</summary>
    public sealed record Ended(int ExitCode, string Output, string Error);
}
