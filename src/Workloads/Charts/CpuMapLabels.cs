using Box = (double Left, double Top, double Right, double Bottom);

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
    private static readonly double[] Widths = [310, 610, 900, 1310];

    private const double LineHeight = 17;
    private const double Symbol = 9;

    /// <summary>Where a name may stand, the best place first.</summary>
    private static readonly (int Across, int Down)[] Sides = [(1, 0), (-1, 0), (0, -1), (0, 1), (1, 1), (-1, -1), (1, -1), (-1, 1)];

    /// <summary>A name as it is written: long ones without their middle, because ends tell runs apart.</summary>
    public static string Shown(string name) => name.Length <= 24 ? name : $"{name[..13].TrimEnd()}…{name[^10..].TrimStart()}";

    public static IReadOnlyList<Annotation> Place(
        IReadOnlyList<(string Name, double X, double Y)> points, IReadOnlyList<int> lines, Axis x, Axis y, double height)
    {
        var pages = Widths.Select(width => new Page(points, lines, x, y, width, height)).ToList();
        var notes = new List<Annotation>();
        foreach (var (i, (name, px, py)) in points.Index())
        {
            var text = Shown(name);
            var width = TextMetrics.Width(text, Sizes.Annotation, bold: false) + 4;
            var places = Near(width).Concat(Far(width)).ToList();
            bool Free((Box Box, Annotation Note) place, bool lines) => pages.All(page => page.IsFree(i, place.Box, lines));
            // Beside the lines if there is room, else across one.
            var near = places.Where(place => !place.Note.Leader).ToList();
            var best = near.Where(place => Free(place, lines: true)).Concat(near.Where(place => Free(place, lines: false)))
                .Concat(places.Where(place => place.Note.Leader && Free(place, lines: false))).Take(1).ToList();
            if (best is [var (box, note)])
            {
                pages.ForEach(page => page.Take(i, box));
                notes.Add(note with { X = px, Y = py, Text = text });
            }
        }

        return notes;
    }

    /// <summary>Places right beside a point, relative to it.</summary>
    private static IEnumerable<(Box Box, Annotation Note)> Near(double width) => Sides.Select(side =>
    {
        // Level with the point beside it, a little closer where the name stands off to a corner.
        var (across, down) = side;
        var (gap, rise) = (down == 0 || across == 0 ? 10 : 7, across == 0 ? 8 : 6);
        var left = across switch { > 0 => gap, < 0 => -gap - width, _ => -width / 2 };
        var top = down switch { > 0 => rise + 2, < 0 => -rise - 2 - LineHeight, _ => -LineHeight / 2 };
        return ((left, top, left + width, top + LineHeight), new Annotation(0, 0, "", "")
        {
            Horizontal = Toward(across),
            Vertical = Toward(down),
            Shift = (across * gap, down * rise),
        });
    });

    /// <summary>Places around a point at growing distances, reached by a line.</summary>
    private static IEnumerable<(Box Box, Annotation Note)> Far(double width) =>
        from distance in new[] { 28, 42, 58, 76, 96, 120 }
        from degrees in new[] { 0, 30, -30, 180, 150, -150, 60, -60, 120, -120 }
        let across = Math.Round(distance * Math.Cos(degrees * Math.PI / 180))
        let down = Math.Round(distance * Math.Sin(degrees * Math.PI / 180))
        let left = across > 0 ? across : across - width
        select ((left, down - LineHeight / 2, left + width, down + LineHeight / 2), new Annotation(0, 0, "", "")
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
        private readonly double _width;
        private readonly double _height;
        private readonly List<(double X, double Y)> _points;
        private readonly List<Box> _taken;
        private readonly List<Box> _lines;

        public Page(IReadOnlyList<(string Name, double X, double Y)> points, IReadOnlyList<int> lines, Axis x, Axis y, double width, double height)
        {
            (_width, _height) = (width, height);
            double Across(double value) => width * Math.Log(value / x.Low) / Math.Log(x.High / x.Low);
            double Down(double value) => height * (1 - Math.Log(value / y.Low) / Math.Log(y.High / y.Low));
            _points = [.. points.Select(point => (Across(point.X), Down(point.Y)))];
            _taken = [.. _points.Select(point => (point.X - Symbol, point.Y - Symbol, point.X + Symbol, point.Y + Symbol))];
            _lines = [.. lines.SelectMany(times => Enumerable.Range(0, 121).Select(i => x.Low * Math.Pow(x.High / x.Low, i / 120.0))
                .Select(value => (Across(value) - 1, Down(value * times) - 1, Across(value) + 1, Down(value * times) + 1)))];
        }

        public bool IsFree(int point, Box relative, bool linesToo)
        {
            var box = At(point, relative);
            return box.Left >= 2 && box.Right <= _width - 2 && box.Top >= 2 && box.Bottom <= _height - 2
                && !_taken.Any(other => Touch(box, other)) && !(linesToo && _lines.Any(line => Touch(box, line)));
        }

        public void Take(int point, Box relative) => _taken.Add(At(point, relative));

        private Box At(int point, Box relative) =>
            (_points[point].X + relative.Left, _points[point].Y + relative.Top, _points[point].X + relative.Right, _points[point].Y + relative.Bottom);

        private static bool Touch(Box a, Box b) => a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;
    }
}
