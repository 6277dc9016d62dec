namespace ConcurrencyLab;

/// <summary>How many files and connections a process may have open.</summary>
public static class OpenFiles
{
    /// <summary>
    /// The most that this process may have open at one moment, files and connections together.
    /// <see cref="int.MaxValue"/> where there is no such limit.
    /// </summary>
    public static int Limit => FileLimit.Here is < int.MaxValue and var limit ? (int)limit : int.MaxValue;
}
