namespace ConcurrencyLab.Kernel.Execution;

/// <summary>The threads of the kernel's own, told from those of users by their names.</summary>
internal static class KernelThread
{
    /// <summary>Linux keeps 15 characters of a thread's name.</summary>
    private const string Prefix = "lab ";

    /// <summary>The name of a thread of the kernel's.</summary>
    public static string NameOf(string name) => Prefix + name;

    /// <summary>Starts a thread that ends with the process at the latest, and belongs to no cell.</summary>
    public static void Start(string name, Action run) => new Thread(() => run()) { IsBackground = true, Name = NameOf(name) }.UnsafeStart();

    /// <summary>True of a name of the kernel's, and of those of its messages' library.</summary>
    public static bool Is(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal)
        || name.StartsWith("iothread-", StringComparison.Ordinal) || name.StartsWith("reaper-", StringComparison.Ordinal);
}
