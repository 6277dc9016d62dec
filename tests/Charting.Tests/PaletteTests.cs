namespace ConcurrencyLab.Tests;

/// <summary>Distinct looks for names that appear together.</summary>
public class PaletteTests
{
    [Fact]
    public void No_two_names_that_appear_together_look_the_same()
    {
        string[] names = ["threads 2", "threads 4", "threads 8", "a", "b", "c", "d", "e", "f", "g", "h"];

        var inks = Palette.For(names, name => name.StartsWith("threads", StringComparison.Ordinal) ? "#E69F00" : null);

        Assert.Equal(names.Length, inks.Values.Distinct().Count());
        Assert.Equal(new Ink("#E69F00", Texture.Solid), inks["Threads 2"]);
        Assert.All(inks.Values, ink => Assert.True(Palette.Brightness(ink.Color) >= Palette.Darkest, $"{ink.Color} would be turned white on a dark page"));
    }

    [Fact]
    public void A_texture_tells_two_of_one_colour_apart()
    {
        var inks = Palette.For(["threads", "Python threads"], _ => "#E69F00", name => name.StartsWith("Python", StringComparison.Ordinal) ? Texture.Hatched : Texture.Solid);

        Assert.Equal([new Ink("#E69F00", Texture.Solid), new Ink("#E69F00", Texture.Hatched)], inks.Values);
    }

    [Fact]
    public void Colours_are_mixed_and_weighed()
    {
        Assert.Equal("#808080", Palette.Mix("#000000", "#FFFFFF", 0.5));
        Assert.Equal("#FFFFFF", new Ink("#0072B2", Texture.Solid).Lighter(1));
        // WCAG's own examples: white 1, black 0, pure green 0.7152.
        Assert.Equal([1, 0, 0.7152], new[] { "#FFFFFF", "#000000", "#00FF00" }.Select(Palette.Luminance).Select(value => Math.Round(value, 4)));
    }
}
