namespace ConcurrencyLab;

/// <summary>Names beside points on logarithmic axes, only where they cover neither a point nor another name.</summary>
internal static class BusyMapLabels
{
    /// <summary>The plotting area of the narrowest page, in CSS pixels: what is apart there is apart everywhere.</summary>
    private const double Narrowest = 310;

    private const double LetterWidth = 6.8;
    private const double LineHeight = 15;
    private const double Symbol = 9;

    /// <summary>Where a name may stand, the best place first.</summary>
    private static readonly (int Across, int Down)[] Sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, 1), (-1, -1), (1, -1), (-1, 1)];

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
            var candidates = (from side in Sides select Candidate(side.Across, side.Down)).ToList();
            // Beside the lines if there is room, else across one.
            var free = candidates.Where(candidate => Inside(candidate.Box, height) && !taken.Any(other => Touch(candidate.Box, other))).ToList();
            var best = free.Where(candidate => !crossed.Any(other => Touch(candidate.Box, other))).Concat(free).ToList();
            if (best.Count > 0)
            {
                taken.Add(best[0].Box);
                notes.Add(best[0].Note);
            }

            ((double, double, double, double) Box, Note Note) Candidate(int across, int down)
            {
                // Level with the point beside it, a little closer where the name stands off to a corner.
                var (gap, rise) = (down == 0 || across == 0 ? 10 : 7, across == 0 ? 8 : 6);
                var x = across switch { > 0 => left + gap, < 0 => left - gap - width, _ => left - width / 2 };
                var y = down switch { > 0 => top + rise + 2, < 0 => top - rise - 2 - LineHeight, _ => top - LineHeight / 2 };
                return (Box(x, y, width, LineHeight), new Note(px, py, "", text)
                {
                    Horizontal = across switch { > 0 => Align.Start, < 0 => Align.End, _ => Align.Middle },
                    Vertical = down switch { > 0 => Align.Start, < 0 => Align.End, _ => Align.Middle },
                    Shift = (across * gap, down * rise),
                });
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
