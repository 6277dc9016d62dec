namespace ConcurrencyLab.Tests;

/// <summary>Ticks at round values, names in lines.</summary>
public class AxisTests
{
    private const string LongName = "a name of sixty letters and more, as users give them now and then, 7";

    [Theory]
    [InlineData(0, 220, "0 50 100 150 200")]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0, 1_080_000, "0 200,000 400,000 600,000 800,000 1,000,000")]
    [InlineData(0, 14.4e9, "0 2B 4B 6B 8B 10B 12B 14B")]
    [InlineData(-60, 90, "−60 −40 −20 0 20 40 60 80")]
    public void Ticks_lie_at_round_numbers_where_plotly_puts_them(double low, double high, string words) =>
        Assert.Equal(words, string.Join(" ", new Axis("", low, high).TicksOn(672, 80).Select(tick => tick.Text)));

    [Fact]
    public void An_axis_from_nanoseconds_to_minutes_names_each_ticks_unit()
    {
        var far = Axis.Times("wall time", 3e-6, 40 * 60_000, ("min", 1 / 60_000.0));
        var near = Axis.Times("wall time", 5, 500, ("ms", 1));

        Assert.Equal("wall time (logarithmic)", far.Title);
        Assert.InRange(far.Ticks!.Count, 4, 8);
        Assert.Equal(1e-5 / 60_000, far.Ticks!.Single(tick => tick.Text == "10 ns").At, 15);
        Assert.Equal("wall time, ms (logarithmic)", near.Title);
        Assert.Equal(["5", "10", "20", "50", "100", "200", "500"], near.Ticks!.Select(tick => tick.Text));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(10, 1)]
    [InlineData(1, double.PositiveInfinity)]
    [InlineData(double.NaN, 10)]
    public void A_logarithmic_axis_refuses_what_it_cannot_hold(double smallest, double largest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Axis.Logarithmic("", smallest, largest));

    [Fact]
    public void A_value_has_its_place_on_every_axis()
    {
        Assert.Equal(0.25, new Axis("", 0, 8).Share(2));
        Assert.Equal(0.75, new Axis("", 8, 0).Share(2));
        Assert.Equal(0.5, new Axis("", 1, 100) { Log = true }.Share(10), 9);
        Assert.InRange(new Axis("", 1, 100) { Log = true }.Share(0), -0.6, -0.4);
    }

    [Fact]
    public void A_long_name_takes_more_lines_instead_of_losing_letters()
    {
        Assert.Equal([("threads", "312 ms")], NamedRows.Lines("threads", "312 ms", 400));

        var lines = NamedRows.Lines(LongName, "guessed 1.00 ms · took 3.00 ns · 333,000× too high", 400);
        Assert.Equal(LongName, string.Join(" ", lines.Select(line => line.Bold).Where(bold => bold.Length > 0)));
        Assert.All(lines, line => Assert.InRange(TextMetrics.Width(line.Bold, Sizes.Annotation, bold: true) + TextMetrics.Width(line.Text, Sizes.Annotation, bold: false), 1, 400));

        var unbroken = NamedRows.Lines(new string('w', 90), "5 ms", 400);
        Assert.Equal(new string('w', 90), string.Concat(unbroken.Select(line => line.Bold)));
        Assert.Equal("5 ms", unbroken[^1].Text);
    }

    [Fact]
    public void Bars_keep_their_height_whatever_stands_above_them()
    {
        var (brief, wordy) = (new NamedRows([("a", "1 ms")]), new NamedRows([(LongName, "1 ms · baseline · a different answer")]));

        Assert.Equal(brief.BarThickness * brief.Height, wordy.BarThickness * wordy.Height, 6);
        Assert.True(wordy.Height > brief.Height);
    }

    [Fact]
    public void Thinned_points_keep_their_peaks_and_both_ends()
    {
        Point[] points = [.. Enumerable.Range(0, 5000).Select(i => new Point(i, i switch { 0 or 4999 => 5, 2500 => 99, 2501 => -99, _ => i % 3 }))];

        var thin = Points.Thin(points, 100);

        Assert.InRange(thin.Count, 100, 202);
        Assert.Equal((points[0], points[^1]), (thin[0], thin[^1]));
        Assert.Contains(points[2500], thin);
        Assert.Contains(points[2501], thin);
        Assert.Equal(thin.OrderBy(point => point.X), thin);
    }
}
