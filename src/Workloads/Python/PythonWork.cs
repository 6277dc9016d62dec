namespace ConcurrencyLab;

/// <summary>Work in Python: a function of the notebook's Python cells, or a script of <c>notebooks/python</c> in a process of its own.</summary>
internal abstract class PythonWork(string name, PythonArguments arguments)
{
    /// <summary>What the user called it.</summary>
    internal string Name { get; } = name;

    /// <summary>Where its figures of the last saved run lie.</summary>
    internal abstract string SavedFile { get; }

    protected PythonArguments Arguments { get; } = arguments;

    /// <summary>What ends in <c>.py</c> is a script, all else a function.</summary>
    /// <inheritdoc cref="PythonScript(string, PythonArguments)"/>
    /// <exception cref="ArgumentException">The name is neither, or the arguments cannot be those of Python code.</exception>
    internal static PythonWork Of(string name, object? arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var named = new PythonArguments(arguments);
        return name.EndsWith(".py", StringComparison.Ordinal) ? new PythonScript(name, named) : new PythonFunction(name, named);
    }

    /// <summary>Which work it is: its arguments, without what differs from run to run.</summary>
    /// <param name="anyWorkers">True for the same work with however many workers: another machine has other cores.</param>
    internal string Key(bool anyWorkers = false) => Arguments.Key(anyWorkers);

    /// <summary>Gets the Python ready that will do it.</summary>
    /// <param name="interpreter">Which one; null for the chapters' own.</param>
    /// <param name="run">What the user sees beside its figures.</param>
    /// <param name="cancel">Ends the wait for it.</param>
    /// <exception cref="PythonException">It cannot be started; <see cref="PythonException.IsMissing"/> tells that there is none.</exception>
    internal abstract Task<IPythonProgram> StartAsync(Python? interpreter, string run, CancellationToken cancel);
}

/// <summary>A Python that repeats its work when asked, so that its start is no part of what is measured and its repeats take turns with those of other ways.</summary>
internal interface IPythonProgram : IDisposable
{
    /// <summary>Its name and version, as <see cref="Python.Version"/>.</summary>
    string Version { get; }

    /// <summary>Has the work done once. Cancelling stops it.</summary>
    /// <exception cref="PythonException">The work failed or the interpreter ended.</exception>
    Task<PythonReply> RepeatAsync(CancellationToken cancel);

    /// <summary>Tells it to leave.</summary>
    void Close();
}
