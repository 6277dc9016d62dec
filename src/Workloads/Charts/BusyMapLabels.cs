namespace ConcurrencyLab;

/// <summary>Names beside points on logarithmic axes, only where they cover neither a point nor another name.</summary>
internal static class BusyMapLabels
{
    /// <summary>The plotting area of the narrowest page, in CSS pixels: what is apart there is apart everywhere.</summary>
    private const double Narrowest = 310;

    private const double LetterWidth = 6.8;
    private const double LineHeight = 15;
    private const double Symbol = 9;

    public static IReadOnlyList<Note> Place(
        IReadOnlyList<(string Name, double X, double Y)> points, IReadOnlyList<int> lines, Scale x, Scale y, double height)
    {
        double Across(double value) => Narrowest * Math.Log(value / x.Low) / Math.Log(x.High / x.Low);
        double Down(double value) => height * (1 - Math.Log(value / y.Low) / Math.Log(y.High / y.Low));
        var taken = points.Select(point => Box(Across(point.X) - Symbol, Down(point.Y) - Symbol, 2 * Symbol, 2 * Symbol)).ToList();
        var crossed = lines.SelectMany(times => Enumerable.Range(0, 121).Select(i => x.Low * Math.Pow(x.High / x.Low, i / 120.0))
            .Select(value => Box(Across(value) - 1, Down(value * times) - 1, 2, 2))).ToList();
        var notes = new List<Note>();
        foreach (var (name, px, py) in points)
        {
            var text = Quantity.Short(name, 22);
            var width = text.Length * LetterWidth;
            var (left, top) = (Across(px), Down(py));
            var candidates = new[]
            {
                (Box: Box(left + 10, top - LineHeight / 2, width, LineHeight), Note: new Note(px, py, "", text) { Vertical = Align.Middle, Shift = (10, 0) }),
                (Box: Box(left - 10 - width, top - LineHeight / 2, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.End, Vertical = Align.Middle, Shift = (-10, 0) }),
                (Box: Box(left - width / 2, top - 10 - LineHeight, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.Middle, Vertical = Align.End, Shift = (0, -8) }),
                (Box: Box(left - width / 2, top + 10, width, LineHeight), Note: new Note(px, py, "", text) { Horizontal = Align.Middle, Shift = (0, 8) }),
            };
            // Beside the lines if there is room, else across one.
            var free = candidates.Where(candidate => Inside(candidate.Box, height) && !taken.Any(other => Touch(candidate.Box, other))).ToList();
            var best = free.Where(candidate => !crossed.Any(other => Touch(candidate.Box, other))).Concat(free).ToList();
            if (best.Count > 0)
            {
                taken.Add(best[0].Box);
                notes.Add(best[0].Note);
            }
        }

        return notes;
    }

    private static bool Inside((double Left, double Top, double Right, double Bottom) box, double height) =>
        box.Left >= 2 && box.Right <= Narrowest - 2 && box.Top >= 2 && box.Bottom <= height - 2;

    private static bool Touch((double Left, double Top, double Right, double Bottom) a, (double Left, double Top, double Right, double Bottom) b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private static (double Left, double Top, double Right, double Bottom) Box(double left, double top, double width, double height) =>
        (left, top, left + width, top + height);
}
