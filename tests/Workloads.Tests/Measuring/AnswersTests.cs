namespace ConcurrencyLab.Tests;

public class AnswersTests
{
    private sealed record Cup(int Order, string Drink);

    [Fact]
    public void Sequences_are_compared_part_by_part_whatever_holds_them()
    {
        Assert.True(Answers.Same(new[] { 1, 2 }, new List<int> { 1, 2 }));
        Assert.True(Answers.Same(new[] { new Cup(1, "latte") }, new[] { new Cup(1, "latte") }));
        Assert.True(Answers.Same(Sequential.Map([1, 2], x => x * 2), new[] { 2, 4 }));
        Assert.False(Answers.Same(new[] { 1, 2 }, new[] { 2, 1 }));
        Assert.False(Answers.Same(new[] { 1 }, new[] { 1, 1 }));
        Assert.False(Answers.Same(new[] { new Cup(1, "latte") }, new[] { new Cup(1, "mocha") }));
    }

    [Fact]
    public void Rounding_in_another_order_is_the_same_answer_and_no_more_than_that()
    {
        Assert.True(Answers.Same(0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1));
        Assert.True(Answers.Same(double.NaN, double.NaN));
        Assert.False(Answers.Same(1.0, 1.000001));
    }

    [Fact]
    public void A_failed_item_differs_from_one_that_did_not()
    {
        var good = Sequential.Map([1, 2], x => x);
        var bad = Sequential.Map([1, 2], x => x == 2 ? throw new InvalidOperationException() : x);
        Assert.False(Answers.Same(good, bad));
        Assert.True(Answers.Same(bad, ThreadPerItem.Map([1, 2], x => x == 2 ? throw new InvalidOperationException("other words") : x)));
    }

    [Fact]
    public void Something_is_not_nothing_and_text_is_text()
    {
        Assert.False(Answers.Same(null, 0));
        Assert.True(Answers.Same("ab", "ab"));
        Assert.False(Answers.Same("ab", new[] { 'a', 'b' }));
    }
}
