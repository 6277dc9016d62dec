using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>A script of <c>notebooks/python</c> with its options.</summary>
internal sealed class PythonScript : PythonWork
{
    /// <exception cref="FileNotFoundException">There is no such script; the message says where it was looked for.</exception>
    /// <exception cref="ArgumentException">It is not the name of a file in that folder.</exception>
    internal PythonScript(string name, PythonArguments arguments) : base(name, arguments)
    {
        if (Path.GetFileName(name) != name)
        {
            throw new ArgumentException($"\"{name}\" is a path: give the name of a file in notebooks/python.", nameof(name));
        }

        var folders = Folders().ToList();
        File = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(System.IO.File.Exists)
            ?? throw new FileNotFoundException($"There is no {name} in {string.Join(" or ", folders)}.");
    }

    internal override string SavedFile => Path.Combine(Path.GetDirectoryName(File)!, "saved", Path.ChangeExtension(Name, ".json"));

    /// <summary>Its full path.</summary>
    private string File { get; }

    internal override Task<IPythonProgram> StartAsync(Python? interpreter, string run, CancellationToken cancel)
    {
        var python = interpreter ?? Python.Found ?? throw new PythonException(Python.Missing) { IsMissing = true };
        // Nothing of the user's environment (PYTHONHOME, PYTHONPATH, ...) changes what is measured, or keeps from starting what has
        // answered without it, and no compiled files appear among the scripts. Processes that a script starts are told the same.
        var start = new ProcessStartInfo(python.Path, ["-E", "-B", "-X", "utf8", File, "--serve", .. Arguments.ToCommandLine()])
        {
            WorkingDirectory = Path.GetDirectoryName(File)!,
        };
        try
        {
            return Task.FromResult<IPythonProgram>(new PythonProcess(ChildProcess.Start(start), python.Version));
        }
        catch (System.ComponentModel.Win32Exception cannot)
        {
            throw new PythonException($"{python.Path} cannot be started: {cannot.Message}");
        }
    }

    /// <summary>Beside the notebook that is running, or else where the repository keeps them.</summary>
    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(Directory.GetCurrentDirectory(), "python");
        if (Path.GetDirectoryName(typeof(PythonScript).Assembly.Location) is { Length: > 0 } lab)
        {
            yield return Path.GetFullPath(Path.Combine(lab, "..", "..", "notebooks", "python"));
        }
    }
}
