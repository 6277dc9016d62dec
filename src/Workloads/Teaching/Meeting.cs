namespace ConcurrencyLab;

/// <summary>
/// A place in functions that an attempt is given, where calls wait for each other: that so many were under way at once is
/// then seen for certain, however slow the machine. Those of a wrong attempt wait in vain, once, and are then let through.
/// </summary>
/// <param name="size">How many meet.</param>
internal sealed class Meeting(int size)
{
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _here;

    /// <summary>Whether so many calls were there at once.</summary>
    internal bool TookPlace => Volatile.Read(ref _here) >= size;

    /// <summary>How many came before it took place or was given up.</summary>
    internal int Came => Volatile.Read(ref _here);

    /// <summary>Holds the calling thread until the others are there.</summary>
    internal void Attend()
    {
        if (!Opens()) JudgeWait.Sees(_over.Task);
        _over.TrySetResult();
    }

    /// <inheritdoc cref="Attend"/>
    internal async Task AttendAsync()
    {
        if (!Opens()) await JudgeWait.SeesAsync(_over.Task).ConfigureAwait(false);
        _over.TrySetResult();
    }

    private bool Opens() => _over.Task.IsCompleted || Interlocked.Increment(ref _here) >= size;
}
