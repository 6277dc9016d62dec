namespace ConcurrencyLab.Tests;

/// <summary>Every answer is proved by what it runs.</summary>
[Collection(Alone.Name)]
public sealed class QuizTests : IDisposable
{
    private readonly Notebooks _notebooks = new();

    /// <summary>The questions to prove.</summary>
    public static TheoryData<int> Numbers => [.. Tier.Of(Enumerable.Range(1, Quiz.Questions.Count), 1, 5, 8)];

    public void Dispose() => _notebooks.Dispose();

    [Fact]
    public void There_are_twelve_with_one_right_answer_each()
    {
        Assert.True(Quiz.Questions.Count >= 12);
        Assert.All(Quiz.Questions, question =>
        {
            Assert.InRange(question.Right, 'A', (char)('A' + question.Options.Count - 1));
            Assert.Equal(question.Options.Count, question.Options.Distinct().Count());
            Assert.NotEmpty(question.Lines);
        });
        // Whoever always answers with the same letter must not do well.
        Assert.All(Quiz.Questions.GroupBy(question => question.Right), letter => Assert.InRange(letter.Count(), 1, 5));
    }

    /// <summary>A reader is asked to copy them into a cell.</summary>
    [Fact]
    public void The_lines_of_a_proof_name_nothing_that_only_the_library_may_use()
    {
        var types = typeof(Quiz).Assembly.GetTypes();
        var hidden = types.Where(type => !type.IsVisible).Select(type => type.Name).Except(types.Where(type => type.IsVisible).Select(type => type.Name)).ToHashSet();
        Assert.All(Quiz.Questions, question => Assert.DoesNotContain(
            System.Text.RegularExpressions.Regex.Matches(question.Lines, @"\w+").Select(word => word.Value), hidden.Contains));
    }

    [Theory, MemberData(nameof(Numbers))]
    public async Task The_right_answer_is_marked_right_and_measuring_proves_it(int number)
    {
        var question = Quiz.Questions[number - 1];

        var others = new OtherPrograms();
        var claim = (await question.ProveAsync()).Claim;

        Assert.True(claim.Measured.Any(char.IsAsciiDigit), claim.Measured);
        var told = $"{claim.Text}: {claim.Measured}, expected {claim.Bound}. {claim.Reason}";
        if (others.AreBusy) TestContext.Current.AddWarning($"Other programs kept the cores busy: {told}");
        else Assert.True(claim.Holds, told);
    }

    [Fact]
    public async Task A_wrong_answer_says_why_and_shows_it_without_giving_the_right_one_away()
    {
        var question = Quiz.Questions[3];

        var wrong = await Quiz.Answer(4, " b ");
        var right = await Quiz.Answer(4, question.Right.ToString());

        Assert.False(wrong.Right);
        Assert.Contains(question.Why('B'), wrong.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(question.Why(question.Right), wrong.ToString(), StringComparison.Ordinal);
        Assert.Contains("AsParallel", wrong.ToMarkdown(), StringComparison.Ordinal);
        Assert.True(right.Right);
        Assert.NotNull(right.Picture);
    }

    [Fact]
    public async Task An_open_question_measures_nothing_and_a_letter_that_is_none_is_refused()
    {
        var open = await Quiz.Answer(1, "?");

        Assert.Null(open.Right);
        Assert.Null(open.Picture);
        Assert.Contains("A, B, C, D", open.ToString(), StringComparison.Ordinal);
        Assert.Contains("A to D", (await Assert.ThrowsAsync<ArgumentException>(() => Quiz.Answer(1, "E"))).Message, StringComparison.Ordinal);
        Assert.Contains("1 to 12", (await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Quiz.Answer(13, "A"))).Message, StringComparison.Ordinal);
    }
}
