namespace ConcurrencyLab;

// The three values that travel show themselves as their picture, so that a cell can simply end in one of them.

[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial record Comparison : IMimeBundle
{
    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Timings).Show(mimeType);
}

[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial record Timeline : IMimeBundle
{
    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Figure).Show(mimeType);
}
