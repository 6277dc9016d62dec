namespace ConcurrencyLab.Charting;

/// <summary>
/// Says in which MIME types a value shows itself in a notebook. .NET Interactive and kernels that follow it find this
/// attribute by its name and its two properties, so no package of theirs is needed
/// (dotnet/interactive, <c>docs/formatting.md</c>, convention-based formatter sources).
/// </summary>
/// <param name="mimeTypes">All of them go out in one bundle; each is one of <see cref="MimeTypes.All"/>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(params string[] mimeTypes) : Attribute
{
    /// <summary>The type that makes the formatters; read by reflection.</summary>
    public Type FormatterSourceType { get; } = typeof(MimeBundleFormatterSource);

    /// <summary>The MIME types of the bundle; read by reflection, and settable because the convention says so.</summary>
    public string[] PreferredMimeTypes { get; set; } = mimeTypes;
}
