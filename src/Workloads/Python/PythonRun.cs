namespace ConcurrencyLab;

/// <summary>Python as one more way to run the same work.</summary>
public static class PythonRunExtensions
{
    extension(Run)
    {
        /// <summary>
        /// The same work in Python: a script of <c>notebooks/python</c>, whose interpreter is started beforehand and repeats the work in
        /// turn with the other ways. Its speed-up is over the comparison's first Python run. Without a Python the figures of the
        /// last saved run are shown, marked as such.
        /// </summary>
        /// <param name="name">What the user sees; begin it with <c>Python</c>, which hatches its bar.</param>
        /// <param name="script">File name, for example <c>primes_threads.py</c>.</param>
        /// <param name="arguments">Its options: an object whose properties are named like the script's parameters.</param>
        /// <param name="workers">Degree of parallelism, null where that means nothing.</param>
        /// <param name="interpreter">Which Python; the chapters' own when left out.</param>
        /// <exception cref="FileNotFoundException">There is no such script.</exception>
        public static Run Python(string name, string script, object? arguments = null, int? workers = null, Python? interpreter = null)
        {
            var file = new PythonScript(script, arguments);
            return Run.ByAnother(name, workers, run => new PythonRepeats(run, file, interpreter));
        }
    }
}

/// <summary>The repeats of one script within one comparison.</summary>
/// <param name="run">The run's name.</param>
/// <param name="script">The script and its options.</param>
/// <param name="interpreter">Null for the chapters' own.</param>
internal sealed class PythonRepeats(string run, PythonScript script, Python? interpreter) : IExternalRun
{
    private readonly List<PythonReply> _replies = [];
    private readonly Python? _python = interpreter ?? Python.Found;
    private readonly SavedFigures.Entry? _saved = (interpreter ?? Python.Found) is null ? SavedFigures.Find(script) : null;
    private ChildProcess? _process;

    public string Language => _saved?.Python ?? _python?.Version ?? "Python";

    public SavedFrom? SavedFrom => _saved?.SavedFrom;

    /// <inheritdoc/>
    /// <exception cref="PythonException">It cannot be started.</exception>
    public void Open()
    {
        if (_python is not null)
        {
            _process ??= PythonProcess.Start(_python, script);
        }
    }

    public void Close() => _process?.Close();

    /// <inheritdoc/>
    /// <exception cref="PythonException">The script failed, or there is no Python.</exception>
    public Reading Measure(bool keep, CancellationToken cancel)
    {
        Open();
        var reply = (_process ?? throw new PythonException(Python.Missing)).RepeatAsync(cancel).GetAwaiter().GetResult();
        if (keep)
        {
            _replies.Add(reply);
        }

        return reply.ToReading(run);
    }

    public IEnumerable<Reading> SavedReadings() => _saved?.Answered().Select(reply => reply.ToReading(run)) ?? [];

    /// <summary>Ends the script; while a book is saved, its figures are kept.</summary>
    public void Dispose()
    {
        _process?.Dispose();
        if (_python is not null && _replies.Count > 0)
        {
            SavedFigures.Keep(script, _python, _replies, isDefault: interpreter is null);
        }
    }
}
