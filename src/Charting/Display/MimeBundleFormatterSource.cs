namespace ConcurrencyLab.Charting;

/// <summary>
/// The formatters behind <see cref="TypeFormatterSourceAttribute"/>: one for each MIME type. The host makes this type and
/// calls these members by reflection, hence their public access and names.
/// </summary>
internal sealed class MimeBundleFormatterSource
{
    private readonly MimeBundleFormatter[] _formatters = [.. MimeTypes.All.Select(mimeType => new MimeBundleFormatter(mimeType))];

    public IEnumerable<object> CreateTypeFormatters() => _formatters;
}

/// <summary>Writes a value's text in one MIME type.</summary>
internal sealed class MimeBundleFormatter(string mimeType)
{
    public string MimeType { get; } = mimeType;

    /// <summary>False when the value is not shown in this MIME type: the host goes on to the next formatter.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (ShownAsAttribute.Of(instance)?.Show(MimeType) is not { } text)
        {
            return false;
        }

        writer.Write(text);
        return true;
    }
}
