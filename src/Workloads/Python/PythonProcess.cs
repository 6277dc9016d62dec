using System.Diagnostics;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// A script that stays and repeats its work when asked, so that an interpreter's start is no part of what is measured and
/// its repeats take turns with those of other ways.
/// </summary>
internal static class PythonProcess
{
    /// <exception cref="PythonException">The interpreter cannot be started.</exception>
    internal static ChildProcess Start(Python python, PythonScript script)
    {
        // Nothing of the user's environment (PYTHONHOME, PYTHONPATH, ...) changes what is measured, or keeps from starting what has
        // answered without it, and no compiled files appear among the scripts. Processes that a script starts are told the same.
        var start = new ProcessStartInfo(python.Path, ["-E", "-B", "-X", "utf8", script.File, "--serve", .. script.CommandLine()])
        {
            WorkingDirectory = Path.GetDirectoryName(script.File)!,
        };
        try
        {
            return ChildProcess.Start(start);
        }
        catch (System.ComponentModel.Win32Exception cannot)
        {
            throw new PythonException($"{python.Path} cannot be started: {cannot.Message}");
        }
    }

    /// <summary>Has the script do its work once. Cancelling ends the script.</summary>
    /// <exception cref="PythonException">The work failed or the interpreter ended.</exception>
    internal static async Task<PythonReply> RepeatAsync(this ChildProcess script, CancellationToken cancel)
    {
        using var stop = cancel.Register(script.Kill);
        string? line = null;
        try
        {
            await script.Input.WriteLineAsync("repeat").ConfigureAwait(false);
            await script.Input.FlushAsync(cancel).ConfigureAwait(false);
            line = await script.Output.ReadLineAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The pipe broke: the interpreter is gone, which the missing line says.
        }

        cancel.ThrowIfCancellationRequested();
        if (line is null)
        {
            var (code, lines) = await script.LastWordsAsync().ConfigureAwait(false);
            if (lines.FirstOrDefault(line => line.StartsWith("Fatal Python error", StringComparison.Ordinal)) is { } fatal)
            {
                throw new PythonException($"{script.Program} broke down{code}: {fatal.Trim()}. Where it also does so with -c pass, repair it, or name another in {Python.Variable}.");
            }

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
}
