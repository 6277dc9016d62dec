namespace ConcurrencyLab.Lab.Doctor;

/// <summary>Finds a browser of the Chromium family on this machine; none is ever downloaded.</summary>
internal static class InstalledBrowser
{
    /// <summary>How to get one, in one line.</summary>
    public const string Missing =
        "No Chromium, Chrome or Edge on this machine: install one (Debian and Ubuntu: sudo tests/install-debian-packages.sh), or name one by CONCURRENCYLAB_BROWSER";

    private const string Variable = "CONCURRENCYLAB_BROWSER";
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];

    /// <summary>The program's path; null when there is none.</summary>
    public static string? Find() => Candidates().FirstOrDefault(File.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named) yield return named;
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        foreach (var name in Names)
        {
            foreach (var folder in folders) yield return Path.Combine(folder, name + ending);
        }
        foreach (var place in OperatingSystem.IsWindows() ? OnWindows() : OperatingSystem.IsMacOS() ? OnMacOS : []) yield return place;
    }

    private static IEnumerable<string> OnWindows()
    {
        foreach (var root in new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }.Select(Environment.GetEnvironmentVariable).OfType<string>())
        {
            yield return Path.Combine(root, "Google", "Chrome", "Application", "chrome.exe");
            yield return Path.Combine(root, "Chromium", "Application", "chrome.exe");
            yield return Path.Combine(root, "Microsoft", "Edge", "Application", "msedge.exe");
        }
    }

    private static readonly string[] OnMacOS =
    [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ];
}
