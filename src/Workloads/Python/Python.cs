using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>A Python interpreter on this machine.</summary>
/// <param name="Path">Its program file.</param>
/// <param name="Version">Its name and version, for example <c>Python 3.11.7</c> or <c>Python 3.14.0, free-threaded</c>.</param>
/// <param name="HasGil">False when it runs without a Global Interpreter Lock (PEP 703).</param>
public sealed record Python(string Path, string Version, bool HasGil = true)
{
    /// <summary>The environment variable that names an interpreter instead of the one on PATH.</summary>
    public const string Variable = PythonPrograms.Variable;

    // Its own words, of whatever age it is. Asked at the start of every chapter: nothing is imported that has to be read, and
    // site packages are left out (-S).
    private const string Questions =
        "import sys; print(sys.implementation.name, sys.version.split()[0], getattr(sys, '_is_gil_enabled', lambda: True)())";

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);
    private static readonly Lazy<Python?> Lazily = new(() => PythonPrograms.Candidates().Select(Ask).FirstOrDefault(python => python is not null));
    private static readonly Lazy<IReadOnlyList<Python>> LazilyAll = new(() =>
        [.. new[] { Found }.Concat(PythonPrograms.Versions().Select(Ask)).OfType<Python>().DistinctBy(python => python.Version)]);

    /// <summary>The interpreter that the chapters use; null when there is none.</summary>
    public static Python? Found => Lazily.Value;

    /// <summary>Every CPython on this machine's PATH, one a version, the chapters' own first: <c>python3.13</c>, <c>python3.14t</c> and so on.</summary>
    public static IReadOnlyList<Python> All => LazilyAll.Value;

    /// <summary>The first one without a Global Interpreter Lock; null when there is none.</summary>
    public static Python? FreeThreaded => All.FirstOrDefault(python => !python.HasGil);

    /// <summary>What to do when there is none, in a line.</summary>
    internal static string Missing => Remedy(PythonPrograms.Named, PythonPrograms.Candidates().FirstOrDefault());

    /// <summary>Has Python work once and gives its answer: a function of a Python cell, or a script; without a Python the saved one.</summary>
    /// <typeparam name="T">The shape of the answer.</typeparam>
    /// <param name="work">Name of the function, for example <c>serve</c>, or file name of a script of <c>notebooks/python</c>, for example <c>primes.py</c>.</param>
    /// <param name="arguments">An object whose properties are named like the function's parameters, or the script's options.</param>
    /// <param name="interpreter">Which Python; the notebook's own when left out.</param>
    /// <param name="cancel">Stops the work, as the notebook's stop button does.</param>
    /// <exception cref="FileNotFoundException">There is no such script.</exception>
    /// <exception cref="ArgumentException">It can be no name of Python's, or an argument cannot be handed over.</exception>
    /// <exception cref="PythonException">The work failed, or there is neither a Python nor a saved answer.</exception>
    public static async Task<PythonAnswer<T>> Run<T>(string work, object? arguments = null, Python? interpreter = null, CancellationToken cancel = default)
    {
        var asked = PythonWork.Of(work, arguments);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel, HostInterrupt.Token);
        try
        {
            using var program = await asked.StartAsync(interpreter, work, stop.Token).ConfigureAwait(false);
            var reply = await program.RepeatAsync(stop.Token).ConfigureAwait(false);
            SavedFigures.Keep(asked, program.Version, [reply], isDefault: interpreter is null);
            return new PythonAnswer<T>(reply.AnswerAs<T>(), program.Version, null);
        }
        catch (PythonException missing) when (missing.IsMissing && interpreter is null && SavedFigures.Find(asked) is { } kept)
        {
            return new PythonAnswer<T>(kept.Answered().First().AnswerAs<T>(), kept.Python, kept.SavedFrom);
        }
    }

    /// <param name="named">The program that the variable names.</param>
    /// <param name="first">The first program that might have been one.</param>
    internal static string Remedy(string? named, string? first) => (named, first) switch
    {
        ({ } chosen, _) => $"{Variable} names {chosen}, which is no Python 3 that runs here: correct or unset it.",
        (_, { } broken) => $"{broken} is no Python 3 that runs here: repair it, or name another in {Variable}.",
        _ => $"No Python 3 found: install one, or name one in {Variable}.",
    };

    private static Python? Ask(string path)
    {
        try
        {
            using var process = ChildProcess.Start(new ProcessStartInfo(path, ["-I", "-S", "-c", Questions]));
            process.Close();
            var answer = process.Output.ReadToEndAsync();
            if (!answer.Wait(AnswerTimeout))
            {
                process.Kill();
                return null;
            }

            // The Windows store's placeholder exits with an error and says nothing here.
            return answer.Result.Split() is [("cpython" or "pypy") and var implementation, ['3', '.', ..] and var version, var gil, ..]
                ? new Python(path, $"Python {version}{(implementation == "cpython" ? "" : " (PyPy)")}{(gil == "True" ? "" : ", free-threaded")}", gil == "True")
                : null;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>What Python answered.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Version">The Python that gave it.</param>
/// <param name="SavedFrom">Where and when it was measured if not here and now; null when it was.</param>
public sealed record PythonAnswer<T>(T Value, string Version, SavedFrom? SavedFrom)
{
    /// <summary>What to write behind a name so that saved figures are told apart: <c> (saved)</c>, or nothing.</summary>
    public string Note => SavedFrom is null ? "" : " (saved)";
}

/// <summary>Work in Python failed, or there is no Python to do it.</summary>
public sealed class PythonException(string message) : Exception(message)
{
    /// <summary>Whether there is no Python, so that saved figures may stand in.</summary>
    internal bool IsMissing { get; init; }
}
