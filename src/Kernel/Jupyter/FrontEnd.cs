using System.Globalization;
using System.Runtime.InteropServices;
using ConcurrencyLab.Kernel.Execution;
using Microsoft.Win32.SafeHandles;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>The process that started this kernel: when it is gone, so must the kernel be, however it went.</summary>
internal static partial class FrontEnd
{
    private const string ParentVariable = "JPY_PARENT_PID";

    /// <summary>Does something once the parent process has ended.</summary>
    /// <remarks>
    /// Jupyter says who the parent is: a process id, on Windows an inheritable handle. Without that, nothing is watched:
    /// some front ends start kernels through helpers that end at once.
    /// </remarks>
    public static void WhenGone(Action gone)
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable(ParentVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var parent) || parent <= 1) return;
        KernelThread.Start("front end", () =>
        {
            if (OperatingSystem.IsWindows()) WaitForHandle((nint)parent);
            else WaitForParent();
            gone();
        });
    }

    private static void WaitForHandle(nint handle)
    {
        using var parent = new EventWaitHandle(initialState: false, EventResetMode.ManualReset);
        parent.SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false);
        parent.WaitOne();
    }

    private static void WaitForParent()
    {
        // An orphan is given another parent; there is no portable way on Unix to be told, so one looks.
        var born = GetParentId();
        while (GetParentId() == born) Thread.Sleep(500);
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();
}
