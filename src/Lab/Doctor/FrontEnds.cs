namespace ConcurrencyLab.Lab.Doctor;

/// <summary>The programs in which notebooks and the book are opened.</summary>
internal static class FrontEnds
{
    private static readonly string[] Extensions = ["ms-toolsai.jupyter", "ms-toolsai.jupyter-renderers", "ms-dotnettools.csharp", "ms-python.python"];

    /// <summary>Without these a chapter does not open, or opens without its interactive charts; the others are for comfort.</summary>
    private const int Wanted = 2;

    public static async Task<Finding> JupyterAsync(Patient patient)
    {
        const string Subject = "Jupyter";
        (string Program, string Name)[] clients = [("jupyter-lab", "JupyterLab"), ("jupyter-notebook", "Notebook"), ("jupyter-nbconvert", "nbconvert")];
        var found = clients.Select(client => (client.Name, Path: patient.Find(client.Program))).Where(client => client.Path is not null).ToArray();
        if (found.Length == 0) return Finding.Optional(Subject, "none; the chapters then open in VS Code only", "pip install jupyterlab");
        var answers = await Task.WhenAll(found.Select(client => Probe.AskAsync(client.Path!, ["--version"]))).ConfigureAwait(false);
        return found.Zip(answers).All(pair => !pair.Second.Succeeded)
            ? Finding.Optional(Subject, $"{found[0].Path} {answers[0].Fault ?? $"ends with {answers[0].ExitCode}"}", answers[0].IsLate ? Probe.Busy : "install it anew: pip install jupyterlab")
            : Finding.Fine(Subject, string.Join(", ", found.Zip(answers).Select(pair => $"{pair.First.Name} {(pair.Second.Succeeded ? pair.Second.FirstLine : "that does not run")}")));
    }

    public static Task<Finding> CodeAsync(Patient patient)
    {
        const string Subject = "VS Code";
        var program = patient.Find("code", "code-insiders", "codium") ?? (File.Exists("/Applications/Visual Studio Code.app/Contents/MacOS/Electron") ? "/Applications/Visual Studio Code.app" : null);
        // Its server, in a container or a Codespace, keeps extensions in a folder of its own.
        var folders = new[] { ".vscode", ".vscode-insiders", ".vscode-oss", ".vscode-server", ".vscode-remote" }
            .Select(name => Path.Combine(patient.Home, name, "extensions")).Where(Directory.Exists).ToArray();
        if (program is null && folders.Length == 0) return Task.FromResult(Finding.Optional(Subject, "none", "install it from https://code.visualstudio.com, or open the chapters in Jupyter"));
        // A folder each, named publisher.name-version.
        var there = folders.SelectMany(Directory.EnumerateDirectories).Select(folder => Path.GetFileName(folder)).ToArray();
        var missing = Extensions.Where(extension => !there.Any(folder => folder.StartsWith(extension + "-", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(folder[extension.Length + 1]))).ToArray();
        var seen = program ?? folders[0];
        return Task.FromResult(missing.Length == 0 ? Finding.Fine(Subject, $"{seen}, with all extensions")
            : missing.Intersect(Extensions.Take(Wanted)).Any() ? Finding.Optional(Subject, $"{seen}, without {string.Join(", ", missing)}", string.Join("; ", missing.Select(extension => $"code --install-extension {extension}")))
            : Finding.Fine(Subject, $"{seen}; of use besides: {string.Join(", ", missing)}"));
    }

    public static Task<Finding> BrowserAsync(Patient patient) => Task.FromResult(InstalledBrowser.Find() is { } program
        ? Finding.Fine("browser", program)
        : Finding.Optional("browser", "no Chromium, Chrome or Edge; the tests of the book's pages are skipped", "install one, or name one in CONCURRENCYLAB_BROWSER"));
}
