using System.ComponentModel;
using CliWrap;
using CliWrap.Buffered;

namespace ConcurrencyLab.Kernel.Packages;

/// <summary>Commands that run once, to their end. They and all that they have started end with this process at the latest.</summary>
internal static class CommandRun
{
    /// <summary>How long the end of this process waits for a command that is being started or killed.</summary>
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        // A compiler or builder that stays for the next build would outlive the command.
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    /// <summary>Runs a command.</summary>
    /// <param name="program">Its path, or a name to look up.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancel">Kills it and what it has started.</param>
    /// <param name="environment">Variables to set besides those of this process.</param>
    /// <param name="folder">Where it runs: a global.json in or above it chooses the SDK. Here when left out.</param>
    /// <returns>The exit code, -1 when it could not be started, and all that it said.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<(int ExitCode, string Log)> ToEndAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancel, IReadOnlyDictionary<string, string?>? environment = null, string? folder = null)
    {
        // Neither is disposed: the end of this process may be using them.
        var kill = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ended = new ManualResetEventSlim();
        void OnExit(object? sender, EventArgs e)
        {
            kill.Cancel();
            ended.Wait(ExitTimeout);
        }

        AppDomain.CurrentDomain.ProcessExit += OnExit;
        try
        {
            var result = await Cli.Wrap(program).WithArguments(arguments).WithWorkingDirectory(folder ?? Directory.GetCurrentDirectory())
                .WithEnvironmentVariables(new Dictionary<string, string?>([.. Environment, .. environment ?? new Dictionary<string, string?>()]))
                .WithValidation(CommandResultValidation.None).ExecuteBufferedAsync(kill.Token).ConfigureAwait(false);
            return (result.ExitCode, $"{result.StandardOutput}\n{result.StandardError}");
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return (-1, $"error: {program} could not be started: {exception.Message}");
        }
        finally
        {
            ended.Set();
            AppDomain.CurrentDomain.ProcessExit -= OnExit;
        }
    }

    /// <summary>Runs a command whose success is all that counts.</summary>
    /// <returns>The line that tells why it failed; null when it did not.</returns>
    /// <inheritdoc cref="ToEndAsync"/>
    public static async Task<string?> FaultOfAsync(
        string program, IReadOnlyList<string> arguments, CancellationToken cancel, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var (exitCode, log) = await ToEndAsync(program, arguments, cancel, environment).ConfigureAwait(false);
        return exitCode == 0 ? null
            : log.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim()
            ?? $"{Path.GetFileName(program)} {arguments[0]} ended with {exitCode}";
    }
}
