namespace ConcurrencyLab.Tests;

/// <summary>Figures with sensible digits and units.</summary>
public class QuantityTests
{
    [Theory]
    [InlineData(3e-6, "3.00 ns")]
    [InlineData(0.00042, "420 ns")]
    [InlineData(0.0042, "4.20 µs")]
    [InlineData(12.5, "12.5 ms")]
    [InlineData(-12.5, "-12.5 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(599_000, "599 s")]
    [InlineData(40 * 60_000, "40.0 min")]
    [InlineData(58_824_000, "16.3 h")]
    [InlineData(0, "0 ms")]
    public void A_time_has_three_digits_and_the_unit_that_fits(double milliseconds, string words) => Assert.Equal(words, Quantity.Time(milliseconds));

    [Theory]
    [InlineData(0, "ms", 1)]
    [InlineData(0.0003, "ns", 1e6)]
    [InlineData(0.5, "µs", 1000)]
    [InlineData(9000, "ms", 1)]
    [InlineData(12_000, "s", 0.001)]
    [InlineData(40 * 60_000, "min", 1 / 60_000.0)]
    public void An_axis_of_times_has_one_unit(double largest, string name, double perMillisecond) => Assert.Equal((name, perMillisecond), Quantity.TimeUnit(largest));

    [Theory]
    [InlineData(0.02, "0.02×")]
    [InlineData(0.0123, "0.012×")]
    [InlineData(0.3, "0.3×")]
    [InlineData(6.14, "6.1×")]
    [InlineData(238.1, "238×")]
    [InlineData(1234.5, "1,230×")]
    [InlineData(333_333, "333,000×")]
    [InlineData(4_166_667, "4.17 million×")]
    [InlineData(8e11, "800 billion×")]
    public void A_ratio_has_no_more_digits_than_are_known(double ratio, string words) => Assert.Equal(words, Quantity.Times(ratio));

    [Theory]
    [InlineData(0, "0 %")]
    [InlineData(0.034, "3.4 %")]
    [InlineData(0.5, "50 %")]
    [InlineData(0.9996, "99.9 %")]
    [InlineData(1, "100 %")]
    public void Nearly_all_is_not_all(double share, string words) => Assert.Equal(words, Quantity.Percent(share));
}
