using System.ComponentModel;
using System.Diagnostics;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>What a command said when it was asked.</summary>
/// <param name="ExitCode">Its exit code; null when it could not be started or did not end in time.</param>
/// <param name="Said">The beginning of its standard output, then of its error stream, trimmed.</param>
/// <param name="Fault">Why there is no exit code; null when there is one.</param>
internal sealed record Probe(int? ExitCode, string Said, string? Fault)
{
    /// <summary>What to do about a command that does not answer.</summary>
    public const string Busy = "see what holds this machine up, then ask again";

    /// <summary>The longest a command may take: dozens of times what it takes when nothing else runs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private const int MostCharacters = 16_384;
    private const string Late = "does not answer";
    private const string Binder = "/usr/bin/setpriv";

    /// <summary>True when it did not end in time: that says nothing of what it would have said.</summary>
    public bool IsLate => Fault is not null && Fault.StartsWith(Late, StringComparison.Ordinal);

    /// <summary>True when it ended well.</summary>
    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line that it said.</summary>
    public string FirstLine => Said.Split('\n')[0].Trim();

    /// <summary>Asks a command a question. Never throws; whatever does not end in time is killed with all it started.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs; here when null.</param>
    /// <param name="limit">The longest it may take; <see cref="Limit"/> when null.</param>
    public static Task<Probe> AskAsync(string program, IReadOnlyList<string> arguments, string? folder = null, TimeSpan? limit = null) =>
        // Linux binds a process to the thread that started it, so one thread starts it and stays to its end.
        Task.Factory.StartNew(
            () => OnThisThreadAsync(program, arguments, limit ?? Limit, folder).GetAwaiter().GetResult(),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task<Probe> OnThisThreadAsync(string program, IReadOnlyList<string> arguments, TimeSpan limit, string? folder)
    {
        // Bound to this process where the system can do that: it ends even when the doctor is killed.
        var bound = OperatingSystem.IsLinux() && File.Exists(Binder);
        var start = new ProcessStartInfo(bound ? Binder : program, bound ? ["--pdeathsig", "KILL", "--", program, .. arguments] : arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1" },
        };
        try
        {
            using var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(limit);
            try
            {
                process.StandardInput.Close();
                var output = BeginningAsync(process.StandardOutput, patience.Token);
                var errors = BeginningAsync(process.StandardError, patience.Token);
                var said = await output.ConfigureAwait(false);
                if (said.Length == MostCharacters) return new Probe(null, "", "talks without end");
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return new Probe(process.ExitCode, (said + await errors.ConfigureAwait(false)).Trim(), null);
            }
            catch (OperationCanceledException)
            {
                return new Probe(null, "", $"{Late} in {limit.TotalSeconds:0} s");
            }
            finally
            {
                if (!process.HasExited) process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or InvalidOperationException or AggregateException)
        {
            return new Probe(null, "", $"cannot be started: {fault.Message}");
        }
    }

    // No more than that is ever needed, and a command may talk for ever.
    private static async Task<string> BeginningAsync(StreamReader reader, CancellationToken cancel)
    {
        var text = new char[MostCharacters];
        var length = await reader.ReadBlockAsync(text, cancel).ConfigureAwait(false);
        return new string(text, 0, length);
    }
}
