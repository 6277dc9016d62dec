using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// Has the summaries of sequences within a table, for which the library takes a writer of its own, written by one that ends
/// what contains itself.
/// </summary>
internal sealed class SummaryLimit : ITypeFormatter
{
    [ThreadStatic]
    private static bool _isInside;

    public string MimeType => PlainTextSummaryFormatter.MimeType;

    public Type Type => typeof(IEnumerable);

    /// <summary>Writes a sequence as the library does.</summary>
    /// <returns>False when the library is to do it itself.</returns>
    public bool Format(object instance, FormatContext context)
    {
        if (_isInside) return false;
        _isInside = true;
        try
        {
            context.Writer.Write(NestingLimitWriter.Format(instance, MimeType));
            return true;
        }
        finally
        {
            _isInside = false;
        }
    }
}
