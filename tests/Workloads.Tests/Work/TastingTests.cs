using System.Text;

namespace ConcurrencyLab.Tests;

public class TastingTests
{
    [Theory]
    [InlineData("soft cocoa soft  cocoa\nbright", 5, 3, "soft cocoa", 2)]
    [InlineData("b a b a", 4, 2, "b a", 2)]
    [InlineData("c d a b", 4, 3, "a b", 1)]
    [InlineData("one", 1, 0, "", 0)]
    public void The_most_frequent_pair_wins_and_of_several_the_first_by_its_characters(string notes, int words, int pairs, string favourite, int times) =>
        Assert.Equal(new Taste(words, pairs, favourite, times), Tasting.Of(Encoding.ASCII.GetBytes(notes)));
}
