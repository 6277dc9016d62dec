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
    internal static string Missing => PythonPrograms.Named is { } chosen
        ? $"{Variable} names {chosen}, which is no Python 3 that runs here."
        : $"No Python 3 found: install one, or name one in {Variable}.";

    /// <summary>Runs a script of <c>notebooks/python</c> once and gives its answer; without a Python the saved one.</summary>
    /// <typeparam name="T">The shape of the answer.</typeparam>
    /// <param name="script">File name, for example <c>gil_switches.py</c>.</param>
    /// <param name="arguments">Its options: an object whose properties are named like the script's parameters.</param>
    /// <param name="interpreter">Which Python; the chapters' own when left out.</param>
    /// <param name="cancel">Ends the script.</param>
    /// <exception cref="FileNotFoundException">There is no such script.</exception>
    /// <exception cref="PythonException">The script failed, or there is neither a Python nor a saved answer.</exception>
    public static async Task<PythonAnswer<T>> Run<T>(string script, object? arguments = null, Python? interpreter = null, CancellationToken cancel = default)
    {
        var file = new PythonScript(script, arguments);
        if ((interpreter ?? Found) is not { } python)
        {
            var kept = SavedFigures.Find(file) ?? throw new PythonException(Missing);
            return new PythonAnswer<T>(kept.Answered().First().AnswerAs<T>(), kept.Python, kept.SavedFrom);
        }

        using var process = PythonProcess.Start(python, file);
        var reply = await process.RepeatAsync(cancel).ConfigureAwait(false);
        SavedFigures.Keep(file, python, [reply], isDefault: interpreter is null);
        return new PythonAnswer<T>(reply.AnswerAs<T>(), python.Version, null);
    }

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

/// <summary>What a Python script answered.</summary>
/// <param name="Value">The answer.</param>
/// <param name="Version">The Python that gave it.</param>
/// <param name="SavedFrom">Where and when it was measured if not here and now; null when it was.</param>
public sealed record PythonAnswer<T>(T Value, string Version, SavedFrom? SavedFrom)
{
    /// <summary>What to write behind a name so that saved figures are told apart: <c> (saved)</c>, or nothing.</summary>
    public string Note => SavedFrom is null ? "" : " (saved)";
}

/// <summary>A script failed, or there is no Python to run it.</summary>
public sealed class PythonException(string message) : Exception(message);
