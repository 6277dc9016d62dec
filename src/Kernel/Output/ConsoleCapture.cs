using System.Text;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// Sends what is written to the console to the cell that caused it: the current one, or, for a thread or task that a
/// cell started, that cell, however much later.
/// </summary>
internal static class ConsoleCapture
{
    private static readonly AsyncLocal<CellConsole?> Flowing = new();
    private static readonly Lock Gate = new();
    private static CellConsole? _latest;
    private static (TextWriter Out, TextWriter Error, TextReader In)? _ours;

    /// <summary>
    /// True to give text that belongs to no cell (of a thread started without its context, of a finalizer) to the
    /// latest one. Only for a process that is a kernel and nothing else: a runner's own progress must not end in a cell.
    /// </summary>
    public static bool AdoptsStrays { get; set; }

    /// <summary>The console of the cell that the caller's code belongs to; null outside of any cell.</summary>
    public static CellConsole? Current => Flowing.Value ?? (AdoptsStrays ? Volatile.Read(ref _latest) : null);

    /// <summary>Makes the calling thread, and what it starts, write to a cell.</summary>
    public static void Enter(CellConsole console)
    {
        lock (Gate)
        {
            _ours ??= Install();
            // A cell before may have redirected the console and not put it back.
            if (Console.Out != _ours.Value.Out) Console.SetOut(_ours.Value.Out);
            if (Console.Error != _ours.Value.Error) Console.SetError(_ours.Value.Error);
            if (Console.In != _ours.Value.In) Console.SetIn(_ours.Value.In);
        }

        Flowing.Value = console;
        Volatile.Write(ref _latest, console);
    }

    /// <summary>Forgets a session's cell, so that later output that belongs to no cell goes to the real console.</summary>
    public static void Forget(CellConsole? console) => Interlocked.CompareExchange(ref _latest, null, console);

    private static (TextWriter Out, TextWriter Error, TextReader In) Install()
    {
        Console.SetOut(new CapturingWriter(Console.Out, isError: false));
        Console.SetError(new CapturingWriter(Console.Error, isError: true));
        Console.SetIn(new LineReader(static () => Current is { } cell ? cell.ReadLine(cell.Outputs.TakeLine(), isPassword: false) : null));
        // Conventions, so that no library needs a reference to the kernel (see docs/kernel.md).
        AppContext.SetData("Notebook.CellInterrupt", (Func<CancellationToken>)(static () => Current?.Interrupt ?? default));
        AppContext.SetData("Notebook.Python", (Func<string, CancellationToken, Task<string>>)(static (request, cancel) =>
            Current?.AskPython?.Invoke(request, cancel) ?? Task.FromResult("""{"error": "Only code of a cell can ask for Python."}""")));
        AppContext.SetData("Notebook.CompileTwin", (Func<string, string, int, IReadOnlyDictionary<string, Type>, IReadOnlyDictionary<string, object>?>)(static (argument, _, _, captured) => Current?.CompileTwin?.Invoke(argument, captured)));
        // What the console made of them: it wraps what it is given.
        return (Console.Out, Console.Error, Console.In);
    }

    private sealed class CapturingWriter(TextWriter original, bool isError) : TextWriter
    {
        // A notebook's text has one kind of line end, whatever the machine.
        private const string LineEnd = "\n";

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write([value]);

        public override void Write(string? value) => Write(value.AsSpan());

        public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

        public override void Write(ReadOnlySpan<char> buffer)
        {
            if (Current is { } cell) cell.Outputs.Write(buffer, isError);
            else original.Write(buffer);
        }

        // One append a line, so that lines of different threads never mix.
        public override void WriteLine(string? value) => Write(string.Concat(value, LineEnd));

        public override void WriteLine(ReadOnlySpan<char> buffer) => Write(string.Concat(buffer, LineEnd));

        public override void WriteLine() => Write(LineEnd);

        public override void Flush()
        {
            if (Current is null) original.Flush();
        }
    }
}
