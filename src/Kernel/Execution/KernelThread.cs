namespace ConcurrencyLab.Kernel.Execution;

/// <summary>The threads of the kernel's own, told from those of users by their names.</summary>
internal static class KernelThread
{
    /// <summary>Linux keeps 15 characters of a thread's name.</summary>
    private const string Prefix = "lab ";

    /// <summary>Starts a thread that ends with the process at the latest, and belongs to no cell.</summary>
    public static Thread Start(string name, Action run)
    {
        var thread = new Thread(() => run()) { IsBackground = true, Name = Prefix + name };
        thread.UnsafeStart();
        return thread;
    }

    /// <summary>True of a name of the kernel's.</summary>
    public static bool Is(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);
}
