using System.Globalization;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// A text that refuses to go on when what writes it is nested too deeply: formatters follow a sequence into the sequences
/// that it contains, however deep, and one that contains itself would overflow the stack and so end the process.
/// </summary>
/// <remarks>Depth is told by the stack, the one thing that runs out. Long before it does: formatters catch exceptions, and need room.</remarks>
internal sealed class NestingLimitWriter() : StringWriter(CultureInfo.InvariantCulture)
{
    /// <summary>Bytes of stack: some hundred levels, a fifth of the smallest stack that threads have.</summary>
    private const int MostStack = 256 * 1024;

    private readonly nint _start = StackPointer();

    /// <summary>A value in a MIME type.</summary>
    /// <exception cref="InsufficientExecutionStackException">It contains itself, or too much within each other.</exception>
    public static string Format(object? value, string mimeType)
    {
        using var writer = new NestingLimitWriter();
        using (var context = new FormatContext(writer)) value.FormatTo(context, mimeType);
        return writer.ToString();
    }

    public override void Write(char value)
    {
        ThrowIfTooDeep();
        base.Write(value);
    }

    public override void Write(string? value)
    {
        ThrowIfTooDeep();
        base.Write(value);
    }

    private void ThrowIfTooDeep()
    {
        if (_start - StackPointer() > MostStack) throw new InsufficientExecutionStackException();
    }

    private static unsafe nint StackPointer()
    {
        byte here;
        return (nint)(&here);
    }
}
