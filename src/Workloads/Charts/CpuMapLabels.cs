using System.Drawing;

namespace ConcurrencyLab;

/// <summary>
/// Names beside points on logarithmic axes, where they cover neither a point nor another name; in a crowd further away, with a
/// line that leads there.
/// </summary>
internal static class CpuMapLabels
{
    /// <summary>
    /// Widths of the plotting area, in CSS pixels. Words keep their size while points move apart on a wider page: a place is
    /// free only where it is on each of them.
    /// </summary>
    private static readonly float[] Widths = [310, 610, 900, 1310];

    private const float LineHeight = 17;
    private const float Symbol = 9;

    /// <summary>Where a name may stand, the best place first.</summary>
    private static readonly (int Across, int Down)[] Sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, 1), (-1, -1), (1, -1), (-1, 1)];

    /// <summary>A name as it is written: long ones without their middle, because ends tell runs apart.</summary>
    public static string Shown(string name) => name.Length <= 24 ? name : $"{name[..13].TrimEnd()}…{name[^10..].TrimStart()}";

    /// <summary>The names that find a place; across one of the lines, each of a number of busy cores, only where no other place is free.</summary>
    public static IReadOnlyList<Annotation> Place(
        IReadOnlyList<(string Name, double X, double Y)> points, IReadOnlyList<int> lines, Axis x, Axis y, float height)
    {
        var pages = Widths.Select(width => new Page(points, lines, x, y, width, height)).ToList();
        var notes = new List<Annotation>();
        foreach (var (i, (name, px, py)) in points.Index())
        {
            var text = Shown(name);
            var width = (float)TextMetrics.Width(text, Sizes.Annotation, bold: false) + 4;
            bool Free((RectangleF Box, Annotation) place, bool lines) => pages.All(page => page.IsFree(i, place.Box, lines));
            // Beside the lines if there is room, else across one.
            var near = Near(width).ToList();
            var best = near.Where(place => Free(place, lines: true)).Concat(near.Concat(Far(width)).Where(place => Free(place, lines: false))).Take(1).ToList();
            if (best is [var (box, note)])
            {
                pages.ForEach(page => page.Take(i, box));
                notes.Add(note with { X = px, Y = py, Text = text });
            }
        }

        return notes;
    }

    /// <summary>Places right beside a point, relative to it.</summary>
    private static IEnumerable<(RectangleF Box, Annotation Note)> Near(float width) => Sides.Select(side =>
    {
        // Level with the point beside it, a little closer where the name stands off to a corner.
        var (across, down) = side;
        var (gap, rise) = (down == 0 || across == 0 ? 10 : 7, across == 0 ? 8 : 6);
        var left = across switch { > 0 => gap, < 0 => -gap - width, _ => -width / 2 };
        var top = down switch { > 0 => rise + 2, < 0 => -rise - 2 - LineHeight, _ => -LineHeight / 2 };
        return (new RectangleF(left, top, width, LineHeight), new Annotation(0, 0, "", "")
        {
            Horizontal = Toward(across),
            Vertical = Toward(down),
            Shift = (across * gap, down * rise),
        });
    });

    /// <summary>Places around a point at growing distances, reached by a line.</summary>
    private static IEnumerable<(RectangleF Box, Annotation Note)> Far(float width) =>
        from distance in new[] { 28, 42, 58, 76, 96, 120 }
        from degrees in new[] { 0, 30, -30, 180, 150, -150, 60, -60, 120, -120 }
        let across = Math.Round(distance * Math.Cos(degrees * Math.PI / 180))
        let down = Math.Round(distance * Math.Sin(degrees * Math.PI / 180))
        select (new RectangleF((float)(across > 0 ? across : across - width), (float)down - LineHeight / 2, width, LineHeight), new Annotation(0, 0, "", "")
        {
            Horizontal = across > 0 ? Align.Start : Align.End,
            Vertical = Align.Middle,
            Shift = (across, down),
            Leader = true,
        });

    private static Align Toward(int side) => side switch { > 0 => Align.Start, < 0 => Align.End, _ => Align.Middle };

    /// <summary>What is where on a page of one width.</summary>
    private sealed class Page
    {
        private readonly RectangleF _paper;
        private readonly List<PointF> _points;
        private readonly List<RectangleF> _taken, _lines;

        public Page(IReadOnlyList<(string Name, double X, double Y)> points, IReadOnlyList<int> lines, Axis x, Axis y, float width, float height)
        {
            PointF At(double across, double up) => new((float)(width * x.Share(across)), (float)(height * (1 - y.Share(up))));
            _paper = RectangleF.Inflate(new(0, 0, width, height), -2, -2);
            _points = [.. points.Select(point => At(point.X, point.Y))];
            _taken = [.. _points.Select(point => Around(point, Symbol))];
            _lines = [.. lines.SelectMany(times => Enumerable.Range(0, 121).Select(i => x.Low * Math.Pow(x.High / x.Low, i / 120.0))
                .Select(value => Around(At(value, value * times), 1)))];
        }

        public bool IsFree(int point, RectangleF relative, bool linesToo)
        {
            var box = At(point, relative);
            return _paper.Contains(box) && !_taken.Exists(box.IntersectsWith) && !(linesToo && _lines.Exists(box.IntersectsWith));
        }

        public void Take(int point, RectangleF relative) => _taken.Add(At(point, relative));

        private RectangleF At(int point, RectangleF relative)
        {
            relative.Offset(_points[point]);
            return relative;
        }

        private static RectangleF Around(PointF point, float reach) => RectangleF.FromLTRB(point.X - reach, point.Y - reach, point.X + reach, point.Y + reach);
    }
}
