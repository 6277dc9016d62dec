namespace ConcurrencyLab;

/// <summary>Python as one more way to run the same work.</summary>
public static class PythonRunExtensions
{
    extension(Run)
    {
        /// <summary>
        /// The same work in Python, measured there in turn with the other ways: a function that a Python cell of the notebook defined,
        /// or a script of <c>notebooks/python</c>, whose interpreter is started beforehand. Its speed-up is over the comparison's
        /// first Python run. Without a Python the figures of the last saved run are shown, marked as such.
        /// <code>Run.Python("Python threads", "serve", new { count = 20 })</code>
        /// </summary>
        /// <param name="name">What the user sees; begin it with <c>Python</c>, which hatches its bar.</param>
        /// <param name="work">Name of the function, for example <c>serve</c>, or file name of the script, for example <c>primes_threads.py</c>.</param>
        /// <param name="arguments">An object whose properties are named like the function's parameters, or the script's options.</param>
        /// <param name="workers">Degree of parallelism, null where that means nothing.</param>
        /// <param name="interpreter">Which Python; the notebook's own when left out.</param>
        /// <exception cref="FileNotFoundException">There is no such script.</exception>
        /// <exception cref="ArgumentException">It can be no name of Python's, or an argument cannot be handed over.</exception>
        public static Run Python(string name, string work, object? arguments = null, int? workers = null, Python? interpreter = null)
        {
            var asked = PythonWork.Of(work, arguments);
            return Run.ByAnother(name, workers, run => new PythonRepeats(run, asked, interpreter));
        }
    }
}

/// <summary>The repeats of one piece of Python work within one comparison.</summary>
/// <param name="run">The run's name.</param>
/// <param name="work">What is done.</param>
/// <param name="interpreter">Null for the notebook's own.</param>
internal sealed class PythonRepeats(string run, PythonWork work, Python? interpreter) : IExternalRun
{
    private readonly List<PythonReply> _replies = [];
    private SavedFigures.Entry? _saved;
    private IPythonProgram? _program;

    public string Language => _saved?.Python ?? _program?.Version ?? "Python";

    public SavedFrom? SavedFrom => _saved?.SavedFrom;

    /// <inheritdoc/>
    /// <exception cref="PythonException">It cannot be started, or there is no Python and nothing was saved.</exception>
    public void Open(CancellationToken cancel)
    {
        try
        {
            _program = work.StartAsync(interpreter, run, cancel).GetAwaiter().GetResult();
        }
        catch (PythonException missing) when (missing.IsMissing && interpreter is null && SavedFigures.Find(work) is { } saved)
        {
            _saved = saved;
        }
    }

    public void Close() => _program?.Close();

    /// <inheritdoc/>
    /// <exception cref="PythonException">The work failed.</exception>
    public Reading Measure(bool keep, CancellationToken cancel)
    {
        var reply = _program!.RepeatAsync(cancel).GetAwaiter().GetResult();
        if (keep)
        {
            _replies.Add(reply);
        }

        return reply.ToReading(run);
    }

    public IEnumerable<Reading> SavedReadings() => _saved?.Answered().Select(reply => reply.ToReading(run)) ?? [];

    /// <summary>Ends what was started; while a book is saved, its figures are kept.</summary>
    public void Dispose()
    {
        _program?.Dispose();
        if (_program is not null && _replies.Count > 0)
        {
            SavedFigures.Keep(work, _program.Version, _replies, isDefault: interpreter is null);
        }
    }
}
