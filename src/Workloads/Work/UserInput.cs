using System.IO.Pipes;
using System.Text;

namespace ConcurrencyLab;

/// <summary>
/// Work that waits for a person, who types lines at a seeded, human pace into a real pipe, from a thread of their own.
/// <code>
/// using var input = new UserInput(["latte", "two, please", "that is all"]);
/// var line = input.ReadLine();               // the thread waits for a person: the program is frozen
/// var next = await input.ReadLineAsync();    // the program goes on meanwhile
/// </code>
/// On Linux and macOS no thread waits in <see cref="ReadLineAsync"/>. Windows has no asynchronous reading of such a pipe: a
/// pool thread waits there, and the caller does not.
/// </summary>
public sealed class UserInput : IDisposable
{
    private readonly AnonymousPipeServerStream _keyboard;
    private readonly StreamReader _lines;
    private readonly ManualResetEventSlim _closed = new();
    private readonly Thread _person;
    private volatile bool _dismissed;

    /// <summary>Begins to type.</summary>
    /// <param name="lines">What is typed, a line at a time.</param>
    /// <param name="ms">Mean time for a line in milliseconds; every line takes half of it to one and a half times as long.</param>
    /// <param name="seed">Chooses how long each takes.</param>
    public UserInput(IEnumerable<string> lines, int ms = 300, int seed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(ms);
        string[] typed = [.. lines];
        _keyboard = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
        _lines = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, _keyboard.ClientSafePipeHandle), Encoding.UTF8);
        _person = new Thread(() => Type(typed, ms, seed)) { IsBackground = true, Name = "a person who types" };
        _person.Start();
    }

    /// <summary>Told of each wait for a line: whether it holds its thread, and by disposing what is returned, that it is over.</summary>
    internal Func<bool, IDisposable>? Listened { private get; init; }

    /// <summary>The next line, or null when the person has gone; the calling thread waits for it.</summary>
    public string? ReadLine()
    {
        using var listening = Listened?.Invoke(true);
        try
        {
            return _lines.ReadLine();
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            return null;
        }
    }

    /// <summary>The next line, or null when the person has gone. One line at a time may be waited for.</summary>
    public async Task<string?> ReadLineAsync(CancellationToken cancellationToken = default)
    {
        using var listening = Listened?.Invoke(false);
        try
        {
            return await _lines.ReadLineAsync(cancellationToken);
        }
        catch (Exception ended) when (IsEnd(ended))
        {
            return null;
        }
    }

    /// <summary>Sends the person away; lines not typed yet never come.</summary>
    public void Dispose()
    {
        if (_dismissed) return;
        _dismissed = true;
        _closed.Set();
        // Closing our end as well frees a person whom a full pipe holds.
        var gone = _person.Join(TimeSpan.FromSeconds(1));
        _lines.Dispose();
        if (!gone) _person.Join();
        _closed.Dispose();
    }

    // A thread that was still reading when the person was sent away sees the end of the input, not the closing of the stream.
    private bool IsEnd(Exception exception) => _dismissed && (exception is IOException or ObjectDisposedException);

    private void Type(string[] lines, int ms, int seed)
    {
        using var keyboard = _keyboard; // closing it tells that nothing more comes
        try
        {
            for (var line = 0; line < lines.Length; line++)
            {
                var pace = new SplitMix64(seed, line);
                if (_closed.Wait((int)(ms * (0.5 + pace.NextDouble())))) return;
                _keyboard.Write(Encoding.UTF8.GetBytes(lines[line] + "\n"));
            }
        }
        catch (IOException)
        {
            // The other end is closed.
        }
    }
}
