using System.Diagnostics;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>Says that the kernel itself failed, to whoever waits for its answer.</summary>
internal static class KernelErrors
{
    /// <summary>One error output for a fault of the kernel's.</summary>
    public static ErrorOutput Describe(Exception fault)
    {
        var files = SpareFiles.Release();
        var message = $"The kernel failed ({UserErrors.TypeName(fault)}: {UserErrors.MessageOf(fault)}); variables keep their values. {files}".ReplaceLineEndings(" ").TrimEnd();
        // For whoever is to mend it.
        return new ErrorOutput("KernelError", message, [message, .. new StackTrace(fault).ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n')]);
    }
}
