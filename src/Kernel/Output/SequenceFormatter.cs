using System.Collections;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// Stands before the library's formatters of sequences: has a lazy one within a value read once for all of them, and a
/// summary within a table, for which the library takes a writer of its own, written by one that ends what contains itself.
/// </summary>
internal sealed class SequenceFormatter : ITypeFormatter
{
    static SequenceFormatter()
    {
        foreach (var mimeType in new[] { MimeBundle.Html, MimeBundle.PlainText, PlainTextSummaryFormatter.MimeType }) Formatter.Register(new SequenceFormatter(mimeType));
    }

    [ThreadStatic]
    private static bool _isInSummary;

    private SequenceFormatter(string mimeType) => MimeType = mimeType;

    public string MimeType { get; }

    public Type Type => typeof(IEnumerable);

    /// <summary>Tells the formatting library once.</summary>
    public static void Register()
    {
    }

    /// <summary>Writes a sequence as the library does.</summary>
    /// <returns>False when the library is to do it itself.</returns>
    public bool Format(object instance, FormatContext context)
    {
        var items = LazySequence.ItemsOf(instance);
        if (MimeType == PlainTextSummaryFormatter.MimeType && !_isInSummary)
        {
            _isInSummary = true;
            try
            {
                context.Writer.Write(NestingLimitWriter.Format(items ?? instance, MimeType));
                return true;
            }
            finally
            {
                _isInSummary = false;
            }
        }

        if (items is null) return LibrarysOwn(instance.GetType()).Any(formatter => formatter.Format(instance, context));
        items.FormatTo(context, MimeType);
        return true;
    }

    /// <summary>The library's formatters for a type, the most specific first: behind one that is registered it does not ask them itself.</summary>
    private IEnumerable<ITypeFormatter> LibrarysOwn(Type type)
    {
        var fitting = Formatter.RegisteredFormatters(includeDefaults: true).Skip(Formatter.RegisteredFormatters(includeDefaults: false).Count())
            .Where(formatter => formatter.MimeType == MimeType && formatter.Type.IsAssignableFrom(type)).ToList();
        return fitting.OrderByDescending(formatter => fitting.Count(other => other.Type.IsAssignableFrom(formatter.Type)));
    }
}
