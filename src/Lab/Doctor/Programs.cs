using System.Text.Json;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>The SDK and the Pythons.</summary>
internal static class Programs
{
    private const string PythonVariable = "CONCURRENCYLAB_PYTHON";

    // Nothing here is newer than Python 3.6; an interpreter without these two modules cannot run the scripts.
    private const string Question =
        "import sys, platform, asyncio, multiprocessing; " +
        "print(platform.python_version() + ('' if getattr(sys, '_is_gil_enabled', lambda: True)() else ' free-threaded'))";

    public static async Task<Finding> SdkAsync(Patient patient)
    {
        const string Subject = ".NET SDK", Get = "install the .NET 10 SDK: https://dotnet.microsoft.com/download";
        var onPath = patient.Find("dotnet");
        var dotnet = onPath ?? patient.Dotnet;
        // In the repository's folder, where global.json decides: the SDK's own word is better than any guess.
        var folder = patient.Root.Length > 0 ? patient.Root : null;
        var version = await Probe.AskAsync(dotnet, ["--version"], folder).ConfigureAwait(false);
        if (version.Fault is { } fault) return Finding.Needed(Subject, $"{dotnet} {fault}", version.IsLate ? Probe.Busy : Get);
        var wanted = folder is null ? null : WantedSdk(Path.Combine(folder, "global.json"));
        if (!version.Succeeded)
        {
            var all = await Probe.AskAsync(dotnet, ["--list-sdks"]).ConfigureAwait(false);
            var there = all.Succeeded && all.Said.Length > 0 ? string.Join(", ", all.Said.Split('\n').Select(line => line.Split(' ')[0])) : "none";
            return Finding.Needed(Subject, $"none that satisfies global.json ({wanted ?? "which cannot be read"}); installed: {there}", Get);
        }

        var place = onPath is null ? $", in {Path.GetDirectoryName(dotnet)}, which is not on PATH" : "";
        return Finding.Fine(Subject, $"{version.FirstLine}{(wanted is null ? "" : $", which satisfies global.json ({wanted})")}{place}");
    }

    public static async Task<Finding> PythonAsync(Patient patient)
    {
        const string Subject = "Python", Without = "chapters then show saved figures of Python";
        if (Environment.GetEnvironmentVariable(PythonVariable) is { Length: > 0 } named)
        {
            // Whoever names one wants that one, not another.
            var answer = await AskAsync(named).ConfigureAwait(false);
            return answer is null
                ? Finding.Optional(Subject, $"{PythonVariable} names {named}, which is no Python 3 that runs here", $"correct or unset {PythonVariable}")
                : Finding.Fine(Subject, $"{answer} ({named}, named by {PythonVariable})");
        }

        // The newest first; a name for each version, and with a t for the one without the Global Interpreter Lock.
        var versions = Enumerable.Range(9, 30).Reverse().SelectMany(minor => new[] { $"python3.{minor}", $"python3.{minor}t" });
        var paths = patient.All(["python3", "python", .. versions]).ToArray();
        var answers = new string?[paths.Length];
        // A machine may have dozens, and each takes a moment of a core.
        await Parallel.ForAsync(0, paths.Length, async (index, _) => answers[index] = await AskAsync(paths[index]).ConfigureAwait(false)).ConfigureAwait(false);
        // Some commands are only names for others: of one version, the first on PATH.
        var found = paths.Zip(answers).Where(pair => pair.Second is not null).DistinctBy(pair => pair.Second).ToArray();
        if (found.Length == 0)
            return Finding.Optional(Subject, paths.Length == 0 ? $"none; {Without}" : $"{paths[0]} is no Python 3 with asyncio and multiprocessing; {Without}", $"install Python 3, or name one in {PythonVariable}");
        var free = found.Any(pair => pair.Second!.EndsWith("free-threaded", StringComparison.Ordinal)) ? "" : "; none without the GIL, so chapter 09 leaves that comparison out";
        return Finding.Fine(Subject, string.Join(", ", found.Select(pair => $"{pair.Second} ({pair.First})")) + free);
    }

    private static async Task<string?> AskAsync(string python)
    {
        var answer = await Probe.AskAsync(python, ["-I", "-c", Question]).ConfigureAwait(false);
        return answer.Succeeded && answer.FirstLine.StartsWith("3.", StringComparison.Ordinal) ? answer.FirstLine : null;
    }

    private static string? WantedSdk(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var sdk = json.RootElement.GetProperty("sdk");
            return $"{sdk.GetProperty("version").GetString()}{(sdk.TryGetProperty("rollForward", out var roll) ? $", {roll.GetString()}" : "")}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
