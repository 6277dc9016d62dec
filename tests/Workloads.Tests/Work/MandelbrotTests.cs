namespace ConcurrencyLab.Tests;

public sealed class MandelbrotTests
{
    [Theory]
    [InlineData(0, 0, 100)] // the middle: never
    [InlineData(-1, 0, 100)] // 0, -1, 0, -1, ...: never
    [InlineData(-2, 0, 100)] // 0, -2, 2, 2, ...: the tip, never beyond 2
    [InlineData(0, 1, 100)] // 0, i, -1+i, -i, ...: never
    [InlineData(1, 0, 3)] // 0, 1, 2, 5
    [InlineData(2, 2, 1)] // 0, 2+2i
    [InlineData(-2.1, 0, 1)]
    public void Known_points_escape_when_they_should(double x, double y, int steps)
        => Assert.Equal(steps, new Mandelbrot(10, 10, iterations: 100).Escape(x, y));

    [Fact]
    public void The_picture_is_symmetrical_and_the_set_has_its_area()
    {
        var set = new Mandelbrot(340, 240, iterations: 300);
        var rows = set.Rows.AsParallel().AsOrdered().Select(set.Compute).ToArray();
        for (var row = 0; row < set.Height; row++) Assert.Equal(rows[row].Iterations, rows[set.Height - 1 - row].Iterations);
        var pixel = 3.4 / 340;
        var area = rows.Sum(row => row.Iterations.Count(steps => steps == set.Limit)) * pixel * pixel;
        // 1.5066 (Förstemann, 2012, by counting pixels); few iterations find a little too much.
        Assert.InRange(area, 1.50, 1.56);
    }

    [Fact]
    public void Rows_are_painted_where_they_belong_whatever_their_order()
    {
        var set = new Mandelbrot(60, 40, iterations: 50);
        var picture = set.Paint(set.Rows.Select(set.Compute));
        Assert.Equal(picture, set.Paint(set.Rows.Reverse().Select(set.Compute)));
        Assert.Equal(0xFFFFFFFF, set.Paint([])[30, 20]);
        Assert.NotEqual(0xFFFFFFFF, picture[30, 20]);
        Assert.Throws<ArgumentOutOfRangeException>(() => set.Compute(40));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Mandelbrot(width: 0));
    }
}
