using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>A script in a process of its own, which stays until it is told to leave.</summary>
internal sealed class PythonProcess(ChildProcess script, string version) : IPythonProgram
{
    public string Version { get; } = version;

    /// <inheritdoc/>
    /// <remarks>Cancelling ends the script.</remarks>
    public async Task<PythonReply> RepeatAsync(CancellationToken cancel)
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
        if (line is null) throw await EndedAsync().ConfigureAwait(false);
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

    public void Close() => script.Close();

    public void Dispose() => script.Dispose();

    private async Task<PythonException> EndedAsync()
    {
        var (code, lines) = await script.LastWordsAsync().ConfigureAwait(false);
        if (lines.FirstOrDefault(line => line.StartsWith("Fatal Python error", StringComparison.Ordinal)) is { } fatal)
        {
            return new PythonException($"{script.Program} broke down{code}: {fatal.Trim()}. Where it also does so with -c pass, repair it, or name another in {Python.Variable}.");
        }

        // A traceback says where and then, in its last line, why.
        return new PythonException($"Python ended{code}{(lines is [.., { Length: > 0 } last] ? ": " + last.Trim() : ".")}");
    }
}
