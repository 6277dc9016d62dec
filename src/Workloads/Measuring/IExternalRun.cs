namespace ConcurrencyLab;

/// <summary>The repeats of work that another program does and measures itself, within one comparison and in turn with its other runs.</summary>
internal interface IExternalRun : IDisposable
{
    /// <summary>Who does it: runs of one language and version are compared with each other.</summary>
    string Language { get; }

    /// <summary>Where and when the figures were measured that stand in because there is no program to do the work; null when there is one.</summary>
    SavedFrom? SavedFrom { get; }

    /// <summary>Starts the program, which gets ready while others warm up.</summary>
    /// <param name="cancel">Ends the wait for it.</param>
    void Open(CancellationToken cancel);

    /// <summary>Has the work done once.</summary>
    /// <param name="keep">Whether it is a repeat that counts, not a warm-up.</param>
    /// <param name="cancel">Ends the program.</param>
    Reading Measure(bool keep, CancellationToken cancel);

    /// <summary>Tells the program to leave; several leave at the same time.</summary>
    void Close();

    /// <summary>The figures that stand in.</summary>
    IEnumerable<Reading> SavedReadings();
}
