using System.Diagnostics;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// A script that stays and repeats its work when asked, so that an interpreter's start is no part of what is measured and
/// its repeats take turns with those of other ways.
/// </summary>
internal sealed class PythonProcess : IDisposable
{
    private readonly ChildProcess _child;

    private PythonProcess(ChildProcess child) => _child = child;

    /// <exception cref="PythonException">The interpreter cannot be started.</exception>
    internal static PythonProcess Start(Python python, PythonScript script)
    {
        var start = new ProcessStartInfo(python.Path, [script.File, "--serve", .. script.CommandLine()])
        {
            WorkingDirectory = Path.GetDirectoryName(script.File)!,
            // Nothing of the user's environment changes what is measured, and no compiled files appear among the scripts.
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONUTF8"] = "1", ["PYTHONSAFEPATH"] = null, ["PYTHONSTARTUP"] = null },
        };
        try
        {
            return new PythonProcess(ChildProcess.Start(start));
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
        using var stop = cancel.Register(_child.Kill);
        string? line = null;
        try
        {
            await _child.Input.WriteLineAsync("repeat").ConfigureAwait(false);
            await _child.Input.FlushAsync(cancel).ConfigureAwait(false);
            line = await _child.Output.ReadLineAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the interpreter is gone, which the missing line says.
        }

        cancel.ThrowIfCancellationRequested();
        if (line is null)
        {
            var (code, lines) = await _child.LastWordsAsync().ConfigureAwait(false);
            // A traceback says where and then, in its last line, why.
            throw new PythonException($"Python ended{code}{(lines is [.., { Length: > 0 } last] ? ": " + last.Trim() : ".")}");
        }

        try
        {
            var reply = JsonSerializer.Deserialize<PythonReply>(line, Answers.Json)!;
            return reply.Error is null ? reply : throw new PythonException(reply.Error);
        }
        catch (JsonException)
        {
            throw new PythonException($"The script printed \"{Quantity.Shortened(line, 80)}\" where its figures were expected.");
        }
    }

    /// <summary>Tells the script to leave.</summary>
    internal void Close() => _child.Close();

    /// <summary>Ends the script and whatever it started.</summary>
    public void Dispose() => _child.Dispose();
}
