namespace ConcurrencyLab;

// What the records show when a cell returns them: their main chart. And their text: a record's own would paint every chart
// among its properties.

[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial record Comparison : IMimeBundle
{
    /// <summary>The table as text.</summary>
    public override string ToString() => Table.ToString();

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Timings).Show(mimeType);
}

[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial record Timeline : IMimeBundle
{
    /// <summary>The run in words and figures.</summary>
    public override string ToString() => Figure.Description;

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)Figure).Show(mimeType);
}

[TypeFormatterSource(MimeTypes.Plotly, MimeTypes.Png, MimeTypes.Plain)]
public sealed partial record Scaling : IMimeBundle
{
    /// <summary>The speed-up chart in words and figures.</summary>
    public override string ToString() => SpeedUpChart.Describe(this);

    string? IMimeBundle.Show(string mimeType) => ((IMimeBundle)SpeedUp).Show(mimeType);
}
