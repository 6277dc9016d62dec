namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>Everyone we are compared with.</summary>
internal static class BenchmarkPeers
{
    private const string OfDebian = "Debian has it as";

    internal static Tool Wrk { get; } = Tool.Find("wrk", "wrk", "-v", $"{OfDebian} wrk.");

    internal static Tool Go { get; } = Tool.Find("Go", "go", "version", $"{OfDebian} golang-go.");

    internal static Tool CPython { get; } = Python.Found is { } python
        ? new Tool("Python", python.Path, python.Version, "")
        : new Tool("Python", null, null, "install a Python 3, or name one in CONCURRENCYLAB_PYTHON.");

    /// <summary>The Python that Debian's Jupyter runs with: the one of the PATH may have none.</summary>
    internal static Tool Jupyter { get; } = FindJupyter();

    internal static IReadOnlyList<Tool> All { get; } =
    [
        new Tool("BenchmarkDotNet", "", $"BenchmarkDotNet {typeof(BenchmarkDotNet.Attributes.BenchmarkAttribute).Assembly.GetName().Version?.ToString(3)}", ""),
        CPython, Wrk, Go, Jupyter,
    ];

    private static Tool FindJupyter()
    {
        foreach (var python in new[] { "/usr/bin/python3", Python.Found?.Path }.Where(File.Exists))
        {
            var (code, said) = Tool.Say(python!, ["-c", "import ipykernel, jupyter_client; print('IPython kernel: ipykernel', ipykernel.__version__)"]);
            if (code == 0)
            {
                return new Tool("IPython's kernel", python, said.Trim(), "");
            }
        }

        return new Tool("IPython's kernel", null, null, $"{OfDebian} python3-ipykernel.");
    }
}
