using System.ComponentModel;
using System.Diagnostics;

namespace ConcurrencyLab.Kernel.Installation;

/// <summary>Runs the commands that an installation consists of.</summary>
internal static class Commands
{
    /// <summary>Runs one to its end.</summary>
    /// <param name="start">The command; its output is not shown.</param>
    /// <param name="cancel">Kills it and what it has started.</param>
    /// <returns>The line that tells why it failed; null when it did not.</returns>
    public static async Task<string?> FaultOfAsync(ProcessStartInfo start, CancellationToken cancel)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        Process process;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("no process");
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            return $"{start.FileName} could not be started: {exception.Message}";
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode == 0) return null;
            var log = await output.ConfigureAwait(false) + "\n" + await errors.ConfigureAwait(false);
            return log.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim()
                ?? $"{Path.GetFileName(start.FileName)} {start.ArgumentList.FirstOrDefault()} ended with {process.ExitCode}";
        }
    }
}
