namespace ConcurrencyLab.Tests;

/// <summary>CI has a quarter of an hour: of what takes long it does another share each day, and every other machine all.</summary>
internal static class DailyShare
{
    /// <summary>True where every minute counts.</summary>
    public static bool IsUsed { get; } = Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>What to do today so that all is done after that many days.</summary>
    public static IEnumerable<T> Of<T>(IEnumerable<T> all, int days) =>
        IsUsed ? all.Where((_, index) => index % days == DateTime.UtcNow.DayOfYear % days) : all;
}
