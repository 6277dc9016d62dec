namespace ConcurrencyLab;

// A record's own ToString would paint every chart among its properties.

public sealed partial record Comparison
{
    /// <summary>The table as text.</summary>
    public override string ToString() => Table.ToString();
}

public sealed partial record Timeline
{
    /// <summary>The run in one line of words and figures.</summary>
    public override string ToString() => Figure.Description;
}
