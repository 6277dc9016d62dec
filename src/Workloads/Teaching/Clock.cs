using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>
/// A clock that a program should keep ticking, whatever else it does. The longest gap between two ticks is how long a
/// user would have looked at a frozen window.
/// </summary>
public sealed class Clock
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<TimeSpan> _ticks = [];

    /// <summary>When each tick was, since the clock was made.</summary>
    public IReadOnlyList<TimeSpan> Ticks => _ticks;

    /// <summary>The longest time between two neighbouring ticks; zero with fewer than two.</summary>
    public TimeSpan LongestGap => _ticks.Count < 2 ? TimeSpan.Zero : _ticks.Zip(_ticks.Skip(1), (one, next) => next - one).Max();

    /// <summary>Notes the time.</summary>
    public void Tick() => _ticks.Add(Stopwatch.GetElapsedTime(_start));
}
