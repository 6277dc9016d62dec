using System.Diagnostics;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.LivePython;

/// <summary>Which interpreter a cell runs in.</summary>
internal static class PythonChoice
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The programs to try, the best first.</summary>
    /// <param name="name">What the cell asks for: a command or a path, relative to the notebook; null for the notebook's own.</param>
    /// <param name="folder">The notebook's.</param>
    public static IEnumerable<string> Candidates(string? name, string folder)
    {
        if (name is null) return PythonPrograms.Candidates(folder);
        if (!name.Contains('/', StringComparison.Ordinal) && !name.Contains('\\', StringComparison.Ordinal)) return CommandSearch.All(name);
        var path = Path.GetFullPath(name, folder);
        return File.Exists(path) ? [path] : [];
    }

    /// <summary>One line that says what to do.</summary>
    /// <param name="name">What the cell asked for; null for nothing.</param>
    /// <param name="refusals">Why each candidate would not do.</param>
    /// <param name="folder">The notebook's.</param>
    public static string Missing(string? name, IReadOnlyList<string> refusals, string folder)
    {
        var why = refusals.Count > 0 ? $" ({string.Join("; ", refusals)})" : "";
        if (name is not null) return $"There is no Python {name} here that could run cells{why}. {Found(folder)}";
        return PythonPrograms.Named is { } named
            ? $"{PythonPrograms.Variable} names {named}, which cannot run cells{why}: correct or unset it. {Found(folder)}"
            : $"No Python 3.9 or newer was found{why}: install one, or name one in {PythonPrograms.Variable}.";
    }

    private static string Found(string folder)
    {
        var found = PythonPrograms.Candidates(folder).Concat(PythonPrograms.Versions()).Distinct().AsParallel().AsOrdered()
            .Select(program => (Program: program, Version: VersionOf(program))).Where(python => python.Version is not null).DistinctBy(python => python.Version)
            .Select(python => $"{python.Program} ({python.Version})").ToList();
        return found.Count > 0 ? $"Found: {string.Join(", ", found)}." : "None was found.";
    }

    /// <summary>Its version; null when the program is no Python that can run cells.</summary>
    private static string? VersionOf(string program)
    {
        try
        {
            const string Question = "import sys; sys.version_info >= (3, 9) and print(sys.version.split()[0] + ('' if getattr(sys, '_is_gil_enabled', lambda: True)() else ', free-threaded'))";
            using var process = Process.Start(new ProcessStartInfo(program, ["-I", "-S", "-c", Question]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var answer = process.StandardOutput.ReadToEndAsync();
            if (answer.Wait(AnswerTimeout)) return answer.Result.Trim() is { Length: > 0 } version ? version : null;
            process.Kill(entireProcessTree: true);
        }
        catch (Exception cannot) when (cannot is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            // It is none.
        }

        return null;
    }
}
