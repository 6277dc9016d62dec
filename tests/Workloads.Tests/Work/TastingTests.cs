using System.Text;

namespace ConcurrencyLab.Tests;

public class TastingTests
{
    [Theory]
    [InlineData("soft cocoa  soft\ncocoa", 4, 4, "soft cocoa", 3)]
    [InlineData("b a", 2, 1, "b a", 1)]
    [InlineData("c d a b e f", 6, 14, "a b", 1)]
    [InlineData("one", 1, 0, "", 0)]
    [InlineData("", 0, 0, "", 0)]
    public void The_most_frequent_pair_wins_and_of_several_the_first_by_its_characters(string notes, int words, int pairs, string favourite, int times) =>
        Assert.Equal(new Taste(words, pairs, favourite, times), Tasting.Of(Encoding.ASCII.GetBytes(notes)));
}
