using System.ComponentModel;
using System.Text;
using System.Text.Json;
using CliWrap;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>The programs of others: what runs the lab, what chapters compare with, what notebooks and book are opened in.</summary>
internal static class ToolChecks
{
    private const string BrowserVariable = "CONCURRENCYLAB_BROWSER";

    /// <summary>How to get a browser, in one line.</summary>
    public const string BrowserMissing =
        $"No Chromium, Chrome or Edge on this machine: install one (Debian and Ubuntu: sudo tests/install-debian-packages.sh), or name one by {BrowserVariable}";

    // Nothing here is newer than Python 3.6; an interpreter without these two modules cannot run the scripts.
    private const string PythonQuestion =
        "import sys, platform, asyncio, multiprocessing; " +
        "print(platform.python_version() + ('' if getattr(sys, '_is_gil_enabled', lambda: True)() else ' free-threaded'))";

    private static readonly string[] Extensions = ["ms-toolsai.jupyter", "ms-toolsai.jupyter-renderers", "ms-dotnettools.csharp", "ms-python.python"];

    /// <summary>Of application scope: it counts among the user's settings and nowhere else. Without it the Jupyter extension never asks for C#.</summary>
    private const string CompletionSetting = "jupyter.completionTriggerCharacters";

    private const string Completion = $$"""
        "{{CompletionSetting}}": { "csharp": ["."] }
        """;

    private static readonly JsonDocumentOptions Jsonc = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Without the first of them a chapter does not open, or opens without its interactive charts; the others are for comfort.</summary>
    private const int ExtensionsWanted = 2;

    public static Finding Sdk(CheckContext context)
    {
        const string Get = "install the .NET 10 SDK: https://dotnet.microsoft.com/download";
        var onPath = CommandSearch.First("dotnet");
        var dotnet = onPath ?? DotnetHost.Path;
        // In the repository's folder, where global.json decides: the SDK's own word is better than any guess.
        var version = Answer.To(dotnet, ["--version"], context.Root);
        if (version.Fault is { } fault) return Finding.Needed($"{dotnet} {fault}", version.IsLate ? Checks.Busy : Get);
        var wanted = context.Root.Length == 0 ? null : WantedSdk(Path.Combine(context.Root, "global.json"));
        if (version.Succeeded)
            return Finding.Fine($"{version.FirstLine}{(wanted is null ? "" : $", which satisfies global.json ({wanted})")}{(onPath is null ? $", in {Path.GetDirectoryName(dotnet)}, which is not on PATH" : "")}");
        var all = Answer.To(dotnet, ["--list-sdks"]);
        var there = all.Succeeded && all.Said.Length > 0 ? string.Join(", ", all.Said.Split('\n').Select(line => line.Split(' ')[0])) : "none";
        return Finding.Needed($"none that satisfies global.json ({wanted ?? "which cannot be read"}); installed: {there}", Get);
    }

    public static Finding Python(CheckContext context)
    {
        const string Without = "chapters then show saved figures of Python", Variable = PythonPrograms.Variable;
        if (PythonPrograms.Named is { } named)
        {
            return AskPython(named) is { } answer
                ? Finding.Fine($"{answer} ({named}, named by {Variable})")
                : Finding.Optional($"{Variable} names {named}, which is no Python 3 that runs here", $"correct or unset {Variable}");
        }
        string[] paths = [.. PythonPrograms.Candidates(), .. PythonPrograms.Versions()];
        // Some commands are only names for others: of one version, the first on PATH.
        var found = paths.AsParallel().AsOrdered().Select(path => (Path: path, Said: AskPython(path))).AsSequential().Where(python => python.Said is not null).DistinctBy(python => python.Said).ToArray();
        if (found.Length == 0)
            return Finding.Optional(paths.Length == 0 ? $"none; {Without}" : $"{paths[0]} is no Python 3 with asyncio and multiprocessing; {Without}", $"install Python 3, or name one in {Variable}");
        var free = found.Any(python => python.Said!.EndsWith("free-threaded", StringComparison.Ordinal)) ? "" : "; none without the GIL, so chapter 09 leaves that comparison out";
        return Finding.Fine(string.Join(", ", found.Select(python => $"{python.Said} ({python.Path})")) + free);
    }

    public static Finding Jupyter(CheckContext context)
    {
        (string Program, string Name)[] clients = [("jupyter-lab", "JupyterLab"), ("jupyter-notebook", "Notebook"), ("jupyter-nbconvert", "nbconvert")];
        var found = clients.AsParallel().AsOrdered().Select(client => (client.Name, Path: CommandSearch.First(client.Program))).Where(client => client.Path is not null)
            .Select(client => (client.Name, client.Path, Version: Answer.To(client.Path!, ["--version"]))).ToArray();
        if (found.Length == 0) return Finding.Optional("none; the chapters then open in VS Code only", "pip install jupyterlab");
        if (found.Any(client => client.Version.Succeeded))
            return Finding.Fine(string.Join(", ", found.Select(client => $"{client.Name} {(client.Version.Succeeded ? client.Version.FirstLine : "that does not run")}")));
        var (_, path, version) = found[0];
        return Finding.Optional($"{path} {version.Fault ?? $"ends with {version.ExitCode}"}", version.IsLate ? Checks.Busy : "install it anew: pip install jupyterlab");
    }

    public static Finding VSCode(CheckContext context)
    {
        const string OnMac = "/Applications/Visual Studio Code.app";
        var program = CommandSearch.First("code", "code-insiders", "codium") ?? (Directory.Exists(OnMac) ? OnMac : null);
        // Its server, in a container or a Codespace, keeps extensions in a folder of its own.
        var folders = new[] { ".vscode", ".vscode-insiders", ".vscode-oss", ".vscode-server", ".vscode-remote" }
            .Select(name => Path.Combine(context.Home, name, "extensions")).Where(Directory.Exists).ToArray();
        if (program is null && folders.Length == 0) return Finding.Optional("none", "install it from https://code.visualstudio.com, or open the chapters in Jupyter");
        // A folder each, named publisher.name-version.
        var there = folders.SelectMany(Directory.EnumerateDirectories).Select(folder => Path.GetFileName(folder)).ToArray();
        var missing = Extensions.Where(extension => !there.Any(folder => folder.StartsWith(extension + "-", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(folder[extension.Length + 1]))).ToArray();
        var seen = program ?? folders[0];
        if (missing.Intersect(Extensions.Take(ExtensionsWanted)).Any())
            return Finding.Optional($"{seen}, without {string.Join(", ", missing)}", string.Join("; ", missing.Select(extension => $"code --install-extension {extension}")));
        var with = missing.Length == 0 ? $"{seen}, with all extensions" : $"{seen}; of use besides: {string.Join(", ", missing)}";
        return UserSettings(context).Any(file => CompletesCSharp(file)) ? Finding.Fine(with)
            : Finding.Optional($"{with}; no user settings here let it complete C# in notebooks", $"add {Completion} to the user settings of your VS Code: those of the workspace or of a container do not count");
    }

    /// <summary>The user settings of VS Code and its kin, where there are any.</summary>
    private static IEnumerable<string> UserSettings(CheckContext context) =>
        from folder in (string[])[".config", "Library/Application Support", "AppData/Roaming"]
        from name in (string[])["Code", "Code - Insiders", "VSCodium"]
        let file = Path.Combine(context.Home, folder, name, "User", "settings.json")
        where File.Exists(file)
        select file;

    private static bool CompletesCSharp(string file)
    {
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllText(file), Jsonc);
            return settings.RootElement.TryGetProperty(CompletionSetting, out var languages) && languages.TryGetProperty("csharp", out var triggers) && triggers.GetArrayLength() > 0;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    public static Finding Browser(CheckContext context) => FindBrowser() is { } program
        ? Finding.Fine(program)
        : Finding.Optional("no Chromium, Chrome or Edge; the tests of the book's pages are skipped", $"install one, or name one in {BrowserVariable}");

    /// <summary>A browser of the Chromium family; null when there is none.</summary>
    public static string? FindBrowser()
    {
        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];
        string[] applications = OperatingSystem.IsMacOS() ? ["Google Chrome", "Chromium", "Microsoft Edge"] : [];
        var programFolders = new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }.Select(Environment.GetEnvironmentVariable).OfType<string>();
        string[] onWindows = OperatingSystem.IsWindows() ? ["Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"] : [];
        IEnumerable<string?> candidates =
        [
            Environment.GetEnvironmentVariable(BrowserVariable),
            .. CommandSearch.All(names),
            .. programFolders.SelectMany(folder => onWindows.Select(program => Path.Combine(folder, program))),
            .. applications.Select(name => $"/Applications/{name}.app/Contents/MacOS/{name}"),
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static string? AskPython(string python) =>
        Answer.To(python, ["-I", "-c", PythonQuestion]) is { Succeeded: true } answer && answer.FirstLine.StartsWith("3.", StringComparison.Ordinal) ? answer.FirstLine : null;

    private static string? WantedSdk(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file), Jsonc);
            var sdk = json.RootElement.GetProperty("sdk");
            return $"{sdk.GetProperty("version").GetString()}{(sdk.TryGetProperty("rollForward", out var roll) ? $", {roll.GetString()}" : "")}";
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>What a command said when it was asked.</summary>
/// <param name="ExitCode">Its exit code; null when it could not be started or did not end in time.</param>
/// <param name="Said">The beginning of its standard output, then of its error stream, trimmed.</param>
/// <param name="Fault">Why there is no exit code; null when there is one.</param>
internal sealed record Answer(int? ExitCode, string Said, string? Fault, bool IsLate = false)
{
    private const int MostCharacters = 16_384;
    private const string Binder = "/usr/bin/setpriv";

    public bool Succeeded => ExitCode == 0;

    public string FirstLine => Said.Split('\n')[0].Trim();

    /// <summary>
    /// Asks a command a question and waits. Never throws; what does not end in time is killed with all that it started. Where
    /// Linux can bind it to this thread, which waits for it here, it does not outlive a doctor that is killed either.
    /// </summary>
    public static Answer To(string program, IReadOnlyList<string> arguments, string folder = "", TimeSpan? limit = null)
    {
        var (longest, bound) = (limit ?? Checks.AnswerLimit, OperatingSystem.IsLinux() && File.Exists(Binder));
        using var late = new CancellationTokenSource(longest);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(late.Token);
        var (output, errors) = (new StringBuilder(), new StringBuilder());
        try
        {
            var result = Cli.Wrap(bound ? Binder : program).WithArguments(bound ? ["--pdeathsig", "KILL", "--", program, .. arguments] : arguments)
                .WithWorkingDirectory(folder).WithValidation(CommandResultValidation.None)
                .WithEnvironmentVariables(variables => variables.Set("DOTNET_NOLOGO", "1").Set("DOTNET_CLI_UI_LANGUAGE", "en").Set("DOTNET_SKIP_FIRST_TIME_EXPERIENCE", "1"))
                .WithStandardOutputPipe(Beginning(output, enough)).WithStandardErrorPipe(Beginning(errors, enough))
                .ExecuteAsync(enough.Token).Task.GetAwaiter().GetResult();
            return new Answer(result.ExitCode, $"{output}{errors}".Trim(), null);
        }
        catch (OperationCanceledException)
        {
            return late.IsCancellationRequested ? new Answer(null, "", $"does not answer in {longest.TotalSeconds:0} s", IsLate: true) : new Answer(null, "", "talks without end");
        }
        catch (Exception fault) when (fault is Win32Exception or IOException or InvalidOperationException)
        {
            return new Answer(null, "", $"cannot be started: {fault.Message}");
        }
    }

    // No more than that is ever needed, and a command may talk for ever.
    private static PipeTarget Beginning(StringBuilder text, CancellationTokenSource enough) => PipeTarget.Create(async (stream, cancel) =>
    {
        using var reader = new StreamReader(stream);
        var block = new char[MostCharacters];
        text.Append(block, 0, await reader.ReadBlockAsync(block, cancel).ConfigureAwait(false));
        if (text.Length == MostCharacters) await enough.CancelAsync().ConfigureAwait(false);
    });
}
