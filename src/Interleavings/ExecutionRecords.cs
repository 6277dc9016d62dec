namespace ConcurrencyLab.Interleavings;

/// <summary>What is written down of a run.</summary>
internal abstract partial class Execution
{
    /// <summary>The step that was just taken is known better now that the access after it has taken place.</summary>
    public void Amend(string deed)
    {
        if (recording && Records.Count > 0)
        {
            Records[^1] = Records[^1] with { Deeds = [deed], Values = Values(Builder) };
        }
    }
}
