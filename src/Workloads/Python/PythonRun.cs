namespace ConcurrencyLab;

public sealed partial class Run
{
    /// <summary>
    /// The same work in Python: a script of <c>notebooks/python</c>, whose interpreter is started beforehand and repeats the work in
    /// turn with the other ways. Its speed-up is over the comparison's first Python run. Without a Python the figures of the
    /// last saved run are shown, marked as such.
    /// </summary>
    /// <param name="name">What the reader sees; begin it with <c>Python</c>, which hatches its bar.</param>
    /// <param name="script">File name, for example <c>primes_threads.py</c>.</param>
    /// <param name="arguments">Its options: an object whose properties are named like the script's parameters.</param>
    /// <param name="workers">Degree of parallelism, null where that means nothing.</param>
    /// <param name="interpreter">Which Python; the chapters' own when left out.</param>
    /// <exception cref="FileNotFoundException">There is no such script.</exception>
    public static Run Python(string name, string script, object? arguments = null, int? workers = null, Python? interpreter = null) =>
        new(name, workers, _ => throw new InvalidOperationException("Measured by its own process."))
        {
            Outside = new PythonWork(new PythonScript(script, arguments), interpreter),
        };

    /// <summary>Not null when the work is done and measured by another program.</summary>
    internal PythonWork? Outside { get; init; }
}

/// <summary>Work that a Python script does.</summary>
/// <param name="Script">The script and its options.</param>
/// <param name="Interpreter">Null for the chapters' own.</param>
internal sealed record PythonWork(PythonScript Script, Python? Interpreter)
{
    /// <summary>Who does it; null when there is no Python.</summary>
    internal Python? Python => Interpreter ?? ConcurrencyLab.Python.Found;
}

/// <summary>The repeats of one script within one comparison.</summary>
internal sealed class PythonRepeats(string run, PythonWork work) : IDisposable
{
    private readonly List<PythonReply> _replies = [];
    private PythonProcess? _process;

    /// <summary>The last saved figures; null unless they are needed and exist.</summary>
    internal SavedFigures.Entry? Saved { get; } = work.Python is null ? SavedFigures.Find(work.Script) : null;

    /// <summary>Starts the interpreter, which gets ready while others warm up.</summary>
    /// <exception cref="PythonException">It cannot be started.</exception>
    internal void Open()
    {
        if (work.Python is { } python)
        {
            _process ??= PythonProcess.Start(python, work.Script);
        }
    }

    /// <summary>Tells the script to leave; several leave at the same time.</summary>
    internal void Close() => _process?.Close();

    /// <exception cref="PythonException">The script failed, or there is no Python.</exception>
    internal Meter.Reading Measure(bool keep, CancellationToken cancel)
    {
        Open();
        var reply = (_process ?? throw new PythonException(Python.Missing)).RepeatAsync(cancel).GetAwaiter().GetResult();
        if (keep)
        {
            _replies.Add(reply);
        }

        return reply.ToReading(run);
    }

    internal IEnumerable<Meter.Reading> SavedReadings() => Saved?.Answered().Select(reply => reply.ToReading(run)) ?? [];

    /// <summary>Ends the script; while a book is saved, its figures are kept.</summary>
    public void Dispose()
    {
        _process?.Dispose();
        if (work.Python is { } python && _replies.Count > 0)
        {
            SavedFigures.Keep(work.Script, python, _replies, isDefault: work.Interpreter is null);
        }
    }
}
