using System.Globalization;
using System.Xml.Linq;
using SkiaSharp;

namespace ConcurrencyLab.Tests.ChartTests;

/// <summary>Words of a chart's picture and the box (CSS pixels) that they fill.</summary>
internal readonly record struct PngWord(string Text, SKRect Box, float Size);

/// <summary>
/// Where a chart's picture has its words: the painter draws on a canvas that writes SVG, which names each text and the
/// place of every letter.
/// </summary>
internal static class PngWords
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static IReadOnlyList<PngWord> Of(Drawing drawing)
    {
        using var memory = new MemoryStream();
        using (var canvas = SKSvgCanvas.Create(Page(drawing), memory))
        {
            new PngPainter(drawing).Draw(canvas);
        }

        memory.Position = 0;
        var texts = new List<XElement>();
        foreach (var text in XDocument.Load(memory).Descendants(Svg + "text"))
        {
            if (texts.Count > 0 && GoesOn(texts[^1], text))
            {
                texts[^1].Value += text.Value;
                texts[^1].Attribute("x")!.Value += ", " + text.Attribute("x")!.Value;
            }
            else
            {
                texts.Add(text);
            }
        }

        return [.. texts.Select(Word).Where(word => word.Text.Length > 0)];
    }

    /// <summary>Whether a text is the next piece of a line: signs come from another font.</summary>
    private static bool GoesOn(XElement line, XElement next)
    {
        string[] same = ["y", "font-size", "transform"];
        return same.All(name => line.Attribute(name)?.Value == next.Attribute(name)?.Value) && line.Parent == next.Parent
            && Math.Abs(Numbers(line.Attribute("x")).Max() + Width(line, line.Value[^1..]) - Numbers(next.Attribute("x"))[0]) < 0.1;
    }

    private static float Width(XElement text, string words) => (float)TextMetrics.Width(words, Numbers(text.Attribute("font-size"))[0],
        bold: text.Attribute("font-weight") is { } weight && weight.Value is not ("normal" or "400"));

    /// <summary>Words that leave the picture, and pairs that lie on each other.</summary>
    public static IEnumerable<string> Faults(Drawing drawing, IReadOnlyList<PngWord> words)
    {
        foreach (var word in words.Where(word => !Page(drawing).Contains(word.Box)))
        {
            yield return $"cut: \"{word.Text}\" {word.Box}";
        }

        for (var i = 0; i < words.Count; i++)
        {
            for (var j = i + 1; j < words.Count; j++)
            {
                if (words[i].Box.IntersectsWith(words[j].Box))
                {
                    yield return $"on each other: \"{words[i].Text}\" and \"{words[j].Text}\"";
                }
            }
        }

        foreach (var word in words.Where(word => word.Size < 10.9))
        {
            yield return $"{word.Size} px: \"{word.Text}\"";
        }
    }

    private static SKRect Page(Drawing drawing) => new(0, 0, Drawing.PictureWidth, new PngPainter(drawing).Height);

    private static PngWord Word(XElement text)
    {
        var size = Numbers(text.Attribute("font-size"))[0];
        var (x, y) = (Numbers(text.Attribute("x")), Numbers(text.Attribute("y")));
        var words = text.Value.Trim();
        // What an eye sees of a line: from a capital's head to a little below the base line.
        var box = new SKRect(x.Min(), y[0] - 0.74f * size, x.Max() + Width(text, words.Length > 0 ? words[^1..] : ""), y[0] + 0.2f * size);
        var placed = Matrix(text).MapRect(box);
        return new PngWord(words, new SKRect(Tenth(placed.Left), Tenth(placed.Top), Tenth(placed.Right), Tenth(placed.Bottom)), size);
    }

    private static float Tenth(float value) => MathF.Round(value, 1);

    private static SKMatrix Matrix(XElement text)
    {
        var all = SKMatrix.Identity;
        foreach (var transform in text.AncestorsAndSelf().Select(element => element.Attribute("transform")).OfType<XAttribute>())
        {
            var numbers = Numbers(transform);
            var own = transform.Value.Split('(')[0].Trim() switch
            {
                "translate" => SKMatrix.CreateTranslation(numbers[0], numbers.Length > 1 ? numbers[1] : 0),
                "scale" => SKMatrix.CreateScale(numbers[0], numbers.Length > 1 ? numbers[1] : numbers[0]),
                "rotate" when numbers.Length == 1 => SKMatrix.CreateRotationDegrees(numbers[0]),
                "rotate" => SKMatrix.CreateRotationDegrees(numbers[0], numbers[1], numbers[2]),
                "matrix" => new SKMatrix(numbers[0], numbers[2], numbers[4], numbers[1], numbers[3], numbers[5], 0, 0, 1),
                var other => throw new NotSupportedException($"An SVG transform of the kind \"{other}\" is not known here."),
            };
            all = own.PreConcat(all);
        }

        return all;
    }

    private static float[] Numbers(XAttribute? attribute) => [.. (attribute?.Value ?? "0").Split('(')[^1]
        .Split([' ', ',', ')'], StringSplitOptions.RemoveEmptyEntries).Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
}
