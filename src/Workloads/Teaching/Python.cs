using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>A Python interpreter on this machine.</summary>
/// <param name="Path">Its program file.</param>
/// <param name="Version">Its own words, for example <c>Python 3.11.7</c>.</param>
public sealed record Python(string Path, string Version)
{
    /// <summary>The environment variable that names an interpreter instead of the one on PATH.</summary>
    public const string Variable = "CONCURRENCYLAB_PYTHON";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<Python?> Lazily = new(() => Candidates().Select(Ask).FirstOrDefault(python => python is not null));

    /// <summary>The interpreter that the chapters use; null when there is none.</summary>
    public static Python? Found => Lazily.Value;

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen)
        {
            // Whoever names one wants that one or an honest "none", not another.
            yield return chosen;
            yield break;
        }

        string[] names = OperatingSystem.IsWindows() ? ["python.exe", "python3.exe"] : ["python3", "python"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in names.SelectMany(name => folders.Select(folder => System.IO.Path.Combine(folder, name))).Where(File.Exists))
        {
            yield return path;
        }
    }

    private static Python? Ask(string path)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, "--version") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var answer = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            // The Windows store's placeholder exits with an error and says nothing here.
            return process.ExitCode == 0 && answer.Result.Trim() is { Length: > 0 } version ? new Python(path, version) : null;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }
}
