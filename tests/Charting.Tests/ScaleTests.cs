namespace ConcurrencyLab.Tests;

/// <summary>Figures with sensible digits and units, ticks at round values, names in lines.</summary>
public class ScaleTests
{
    private const string LongName = "a name of sixty letters and more, as users give them now and then, 7";

    [Theory]
    [InlineData(3e-6, "3.00 ns")]
    [InlineData(0.00042, "420 ns")]
    [InlineData(0.0042, "4.20 µs")]
    [InlineData(12.5, "12.5 ms")]
    [InlineData(599_000, "599 s")]
    [InlineData(40 * 60_000, "40.0 min")]
    [InlineData(58_824_000, "16.3 h")]
    [InlineData(0, "0 ms")]
    public void A_time_has_three_digits_and_the_unit_that_fits(double milliseconds, string words) => Assert.Equal(words, Quantity.Time(milliseconds));

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

    [Fact]
    public void Ticks_lie_at_round_numbers_where_plotly_puts_them()
    {
        static string Words(double low, double high) => string.Join(" ", Scales.Ticks(new Scale("", low, high), 672, 80).Select(tick => tick.Text));

        Assert.Equal("0 50 100 150 200", Words(0, 220));
        Assert.Equal("0 0.2 0.4 0.6 0.8 1", Words(0, 1));
        Assert.Equal("0 200,000 400,000 600,000 800,000 1,000,000", Words(0, 1_080_000));
        Assert.Equal("0 2B 4B 6B 8B 10B 12B 14B", Words(0, 14.4e9));
        Assert.Equal("−60 −40 −20 0 20 40 60 80", Words(-60, 90));
    }

    [Fact]
    public void An_axis_from_nanoseconds_to_minutes_names_each_ticks_unit()
    {
        var far = Scales.Times("wall time", 3e-6, 40 * 60_000, ("min", 1 / 60_000.0));
        var near = Scales.Times("wall time", 5, 500, ("ms", 1));

        Assert.Equal("wall time (logarithmic)", far.Title);
        Assert.Contains("10 ns", far.Ticks!.Select(tick => tick.Text));
        Assert.InRange(far.Ticks!.Count, 4, 8);
        Assert.Equal(1e-5 / 60_000, far.Ticks!.Single(tick => tick.Text == "10 ns").At, 15);
        Assert.Equal("wall time, ms (logarithmic)", near.Title);
        Assert.Equal(["5", "10", "20", "50", "100", "200", "500"], near.Ticks!.Select(tick => tick.Text));
    }

    [Fact]
    public void A_long_name_takes_more_lines_instead_of_losing_letters()
    {
        Assert.Equal([("threads", "312 ms")], Rows.Lines("threads", "312 ms", 400));

        var name = LongName;
        var lines = Rows.Lines(name, "guessed 1.00 ms · took 3.00 ns · 333,000× too high", 400);
        Assert.Equal(name, string.Join(" ", lines.Select(line => line.Bold).Where(bold => bold.Length > 0)));
        Assert.All(lines, line => Assert.InRange(PngText.Measure(line.Bold, Sizes.Note, bold: true) + PngText.Measure(line.Text, Sizes.Note, bold: false), 1, 400));

        var unbroken = Rows.Lines(new string('w', 120), "5 ms", 400);
        Assert.Equal(3, unbroken.Count);
    }

    [Fact]
    public void Bars_keep_their_height_whatever_stands_above_them()
    {
        var (short_, long_) = (new Rows([("a", "1 ms")]), new Rows([(LongName, "1 ms · baseline · a different answer")]));

        Assert.Equal(short_.Bar * short_.Height, long_.Bar * long_.Height, 6);
        Assert.True(long_.Height > short_.Height);
    }
}
