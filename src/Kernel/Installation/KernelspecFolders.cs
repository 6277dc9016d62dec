namespace ConcurrencyLab.Kernel.Installation;

/// <summary>Where Jupyter front ends look for kernelspecs.</summary>
/// <remarks>As <c>jupyter --paths</c> lists them, without the folders of a Python environment that is not active.</remarks>
public static class KernelspecFolders
{
    /// <summary>The folders that hold a folder for each kernelspec, the one that wins first; not all of them exist.</summary>
    public static IEnumerable<string> All()
    {
        var named = (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var folder in named) yield return Path.Combine(folder, "kernels");
        yield return Kernelspec.KernelsFolder(null);
        foreach (var variable in (string[])["VIRTUAL_ENV", "CONDA_PREFIX"])
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } prefix) yield return Kernelspec.KernelsFolder(prefix);
        if (OperatingSystem.IsWindows())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter", "kernels");
            yield break;
        }

        yield return Kernelspec.KernelsFolder("/usr/local");
        yield return Kernelspec.KernelsFolder("/usr");
    }

    /// <summary>The folder of the kernelspec that a front end takes by a name; null when there is none.</summary>
    public static string? Find(string name) => All().Select(folder => Path.Combine(folder, name)).FirstOrDefault(Kernelspec.Exists);

    /// <summary>The folders of all kernelspecs of the lab's own engine, the one that wins first.</summary>
    public static IEnumerable<string> Ours() => All().Where(Directory.Exists).SelectMany(Directory.EnumerateDirectories)
        // A draft of an installation has a name that no kernel can have.
        .Where(folder => Path.GetFileName(folder) is var name && (name[0] != '.' || name == Kernelspec.PreferredName) && Kernelspec.IsOurs(folder));
}
