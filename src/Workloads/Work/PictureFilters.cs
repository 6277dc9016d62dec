namespace ConcurrencyLab;

/// <summary>
/// Work that computes: a picture blurred tile by tile. A tile's result depends on the source picture alone, so tiles may be
/// done in any order. The textbook definition (Gonzalez and Woods, <i>Digital Image Processing</i>, chapter 3).
/// </summary>
public static class PictureFilters
{
    private const int Radius = 10, Side = 2 * Radius + 1;
    private static readonly float[] Weights = Gaussian();

    /// <summary>
    /// A tile blurred with a Gaussian of radius 10 pixels, whose standard deviation is half of that. Every pixel is the
    /// weighted mean of 21 × 21 pixels, on purpose not split into rows and columns: 64 × 64 pixels take some 10 ms. At the
    /// border the outermost pixels are repeated.
    /// </summary>
    public static Patch Blur(this Picture picture, Tile tile)
    {
        ArgumentNullException.ThrowIfNull(picture);
        var pixels = picture.Pixels;
        var weights = Weights;
        var blurred = new uint[tile.Width * tile.Height];
        for (var y = 0; y < tile.Height; y++)
        {
            for (var x = 0; x < tile.Width; x++)
            {
                float red = 0, green = 0, blue = 0;
                for (var dy = 0; dy < Side; dy++)
                {
                    var row = pixels.Slice(Math.Clamp(tile.Y + y + dy - Radius, 0, picture.Height - 1) * picture.Width, picture.Width);
                    for (var dx = 0; dx < Side; dx++)
                    {
                        var colour = row[Math.Clamp(tile.X + x + dx - Radius, 0, row.Length - 1)];
                        var weight = weights[dy * Side + dx];
                        red += weight * (colour >> 16 & 255);
                        green += weight * (colour >> 8 & 255);
                        blue += weight * (colour & 255);
                    }
                }
                blurred[y * tile.Width + x] = Picture.Colour((int)(red + 0.5f), (int)(green + 0.5f), (int)(blue + 0.5f));
            }
        }
        return new Patch(tile, new ValueList<uint>(blurred));
    }

    private static float[] Gaussian()
    {
        var weights = new float[Side * Side];
        const double TwoSquares = 2 * (Radius / 2.0) * (Radius / 2.0);
        double sum = 0;
        for (var dy = -Radius; dy <= Radius; dy++)
            for (var dx = -Radius; dx <= Radius; dx++)
                sum += weights[(dy + Radius) * Side + dx + Radius] = (float)Math.Exp(-(dx * dx + dy * dy) / TwoSquares);
        for (var index = 0; index < weights.Length; index++) weights[index] = (float)(weights[index] / sum);
        return weights;
    }
}
