namespace ConcurrencyLab.Tests;

public class EstimateTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 0.0)]
    [InlineData(3, 2, 1, 3, 0.75)]
    [InlineData(5, 3, 1, 5, 0.9375)]
    [InlineData(6, 3.5, 1, 6, 0.96875)]
    // From the tables: n = 8 gives 99.2 % from x1 to x8 and 92.97 % from x2 to x7, n = 10 gives 97.85 % from x2 to x9.
    [InlineData(8, 4.5, 1, 8, 0.9921875)]
    [InlineData(10, 5.5, 2, 9, 0.978515625)]
    [InlineData(15, 8, 4, 12, 0.96484375)]
    public void The_interval_is_the_tightest_that_still_has_the_confidence(int count, double median, double low, double high, double confidence)
    {
        var values = Enumerable.Range(1, count).Select(value => (double)value).Reverse();
        Assert.Equal(new MedianInterval(median, low, high, confidence, count), MedianInterval.Of(values));
    }

    [Fact]
    public void No_values_have_no_median()
    {
        Assert.Throws<ArgumentException>(() => MedianInterval.Of([]));
    }
}
