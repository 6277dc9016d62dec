using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// A script that stays and repeats its work when asked, so that an interpreter's start is no part of what is measured and
/// its repeats take turns with those of other ways. It ends with this process: its input is its lifeline.
/// </summary>
internal sealed class PythonProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly Process _process;
    private readonly Task<string> _complaints;

    private PythonProcess(Process process)
    {
        _process = process;
        // Read to its end always: a full pipe would stop the script.
        _complaints = process.StandardError.ReadToEndAsync();
    }

    internal static PythonProcess Start(Python python, PythonScript script)
    {
        var start = new ProcessStartInfo(python.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetDirectoryName(script.File)!,
            // Nothing of the reader's environment changes what is measured, and no compiled files appear among the scripts.
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1", ["PYTHONSAFEPATH"] = null, ["PYTHONSTARTUP"] = null },
        };
        foreach (var argument in (string[])[script.File, "--serve", .. script.CommandLine()])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return new PythonProcess(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception cannot)
        {
            throw new PythonException($"{python.Path} cannot be started: {cannot.Message}");
        }
    }

    /// <summary>Has the script do its work once. Cancelling ends the script.</summary>
    /// <exception cref="PythonException">The work failed or the interpreter ended.</exception>
    internal async Task<PythonReply> RepeatAsync(CancellationToken cancel)
    {
        using var stop = cancel.Register(Kill);
        string? line = null;
        try
        {
            await _process.StandardInput.WriteLineAsync("repeat").ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancel).ConfigureAwait(false);
            line = await _process.StandardOutput.ReadLineAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the interpreter is gone, which the missing line says.
        }

        cancel.ThrowIfCancellationRequested();
        if (line is null)
        {
            throw new PythonException(await LastWordsAsync().ConfigureAwait(false));
        }

        try
        {
            var reply = JsonSerializer.Deserialize<PythonReply>(line, PythonReply.Format)!;
            return reply.Error is null ? reply : throw new PythonException(reply.Error);
        }
        catch (JsonException)
        {
            throw new PythonException($"The script printed \"{Quantity.Short(line, 80)}\" where its figures were expected.");
        }
    }

    /// <summary>Tells the script to leave.</summary>
    internal void Close()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }
    }

    /// <summary>Ends the script and whatever it started.</summary>
    public void Dispose()
    {
        try
        {
            Close();
            if (!_process.WaitForExit(Patience))
            {
                Kill();
            }
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ThreadInterruptedException)
        {
            Kill();
        }

        _process.Dispose();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException)
        {
            // It has ended already.
        }
    }

    private async Task<string> LastWordsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var said = _complaints.IsCompletedSuccessfully ? _complaints.Result.Trim().Split('\n')[^1].Trim() : "";
        var code = _process.HasExited ? $" with exit code {_process.ExitCode}" : "";
        return $"Python ended{code}{(said.Length > 0 ? ": " + said : ".")}";
    }
}
