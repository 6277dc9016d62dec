using System.Globalization;

namespace ConcurrencyLab;

/// <summary>How the orders of a <see cref="CoffeeShop"/> are served; see <see cref="CoffeeShop.With"/>.</summary>
internal sealed record ShopSettings(
    int Milliseconds = 50, double Jitter = 0.2, int Seed = 1, double Errors = 0, ShopFaults Faults = ShopFaults.All, int Kilobytes = 64)
{
    private const int LongestWait = 3_600_000;
    private const int LargestDownload = 65_536;

    /// <summary>These settings, or an <see cref="ArgumentOutOfRangeException"/> that says what a setting may be.</summary>
    public ShopSettings Checked()
    {
        Check(Milliseconds is >= 0 and <= LongestWait, "ms", Milliseconds, $"a wait is 0 to {LongestWait} milliseconds");
        Check(Jitter is >= 0 and <= 1, "jitter", Jitter, "jitter is a share of the wait, 0 to 1");
        Check(Errors is >= 0 and <= 1, "errors", Errors, "errors are a share of the orders, 0 to 1");
        Check((Faults & ~ShopFaults.All) == 0, "faults", Faults, "faults are Unavailable, Reset, Drip or several of them");
        Check(Kilobytes is >= 1 and <= LargestDownload, "kilobytes", Kilobytes, $"a download is 1 to {LargestDownload} kilobytes");
        return this;
    }

    /// <summary>What the address of an order of coffee ends with: these settings as a query.</summary>
    public string CoffeeQuery()
    {
        var query = string.Create(CultureInfo.InvariantCulture, $"?ms={Milliseconds}&jitter={Jitter:R}&seed={Seed}");
        if (Errors > 0) query += string.Create(CultureInfo.InvariantCulture, $"&errors={Errors:R}&faults={(int)Faults}");
        return query;
    }

    /// <summary>What the address of an order of beans ends with.</summary>
    public string BeansQuery() => CoffeeQuery() + string.Create(CultureInfo.InvariantCulture, $"&kilobytes={Kilobytes}");

    private static void Check(bool holds, string name, object value, string rule)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, rule + ".");
    }
}
