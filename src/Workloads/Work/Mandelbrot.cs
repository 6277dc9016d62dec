namespace ConcurrencyLab;

/// <summary>A finished row of a <see cref="Mandelbrot"/> picture.</summary>
/// <param name="Row">The item, counted from the top.</param>
/// <param name="Iterations">For each pixel the steps until it escaped; the limit for those that never did.</param>
public sealed record MandelbrotRow(int Row, ValueList<int> Iterations);

/// <summary>
/// Work that computes: the Mandelbrot set by escape time. Rows through the middle of the set cost a hundred times those at its
/// edge, so handing out equal numbers of rows is not handing out equal work.
/// <code>
/// var set = new Mandelbrot();
/// set.Paint(set.Rows.Select(set.Compute))
/// </code>
/// </summary>
/// <param name="width">Pixels from left to right.</param>
/// <param name="height">Pixels from top to bottom: the number of items.</param>
/// <param name="iterations">When to give a point up as inside; the cost grows almost in proportion. With 480 pixels and 10,000
/// iterations a row through the middle takes some 10 ms.</param>
public sealed class Mandelbrot(int width = 480, int height = 320, int iterations = 10_000)
{
    private const double Left = -2.4, Right = 1.0;

    /// <summary>Pixels from left to right.</summary>
    public int Width { get; } = width.Within(1, int.MaxValue, "a picture is at least one pixel wide.");

    /// <summary>Pixels from top to bottom.</summary>
    public int Height { get; } = height.Within(1, int.MaxValue, "a picture is at least one pixel high.");

    /// <summary>When a point is given up as inside.</summary>
    public int Limit { get; } = iterations.Within(1, int.MaxValue, "at least one iteration is needed.");

    /// <summary>The rows: the items to work on.</summary>
    public IReadOnlyList<int> Rows => [.. Enumerable.Range(0, Height)];

    /// <summary>Computes one row. The picture shows -2.4 to 1.0; the real axis runs through its middle.</summary>
    public MandelbrotRow Compute(int row)
    {
        using var span = Spans.Item(row);
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Height);
        var pixel = (Right - Left) / Width;
        var y = ((Height - 1) / 2.0 - row) * pixel;
        var counts = new int[Width];
        for (var column = 0; column < counts.Length; column++) counts[column] = Escape(Left + (column + 0.5) * pixel, y);
        return new MandelbrotRow(row, new ValueList<int>(counts));
    }

    /// <summary>How many steps z ← z² + c takes from 0 until |z| exceeds 2, at most <see cref="Limit"/>.</summary>
    public int Escape(double x, double y)
    {
        double real = 0, imaginary = 0;
        for (var step = 0; step < Limit; step++)
        {
            double squareReal = real * real, squareImaginary = imaginary * imaginary;
            if (squareReal + squareImaginary > 4) return step;
            imaginary = 2 * real * imaginary + y;
            real = squareReal - squareImaginary + x;
        }
        return Limit;
    }

    /// <summary>The picture of the finished rows; rows that are missing stay white.</summary>
    public Picture Paint(IEnumerable<MandelbrotRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var pixels = new uint[Width * Height];
        Array.Fill(pixels, 0xFFFFFFFF);
        foreach (var (row, counts) in rows)
            for (var column = 0; column < Width; column++)
                pixels[row * Width + column] = Shade(counts[column]);
        return new Picture(Width, Height, pixels);
    }

    private uint Shade(int count)
    {
        if (count >= Limit) return Picture.Colour(20, 12, 8);
        // Logarithmic, from milk to espresso: most of the change lies in the first steps.
        var dark = Math.Min(1, Math.Log(1 + count) / Math.Log(300));
        return Picture.Colour((int)(245 - 150 * dark), (int)(232 - 180 * dark), (int)(214 - 190 * dark));
    }
}
