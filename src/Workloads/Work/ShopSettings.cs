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
        Milliseconds.Within(0, LongestWait, $"a wait is 0 to {LongestWait} milliseconds.", "ms");
        Jitter.Within(0, 1, "jitter is a share of the wait, 0 to 1.", "jitter");
        Errors.Within(0, 1, "errors are a share of the orders, 0 to 1.", "errors");
        ((int)Faults).Within(0, (int)ShopFaults.All, "faults are Unavailable, Reset, Drip or several of them.", "faults");
        Kilobytes.Within(1, LargestDownload, $"a download is 1 to {LargestDownload} kilobytes.", "kilobytes");
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
}
