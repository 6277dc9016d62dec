namespace ConcurrencyLab.Tests;

/// <summary>Every attempt in Python is judged by running it, in the plain tier a right one and a wrong one for each exercise.</summary>
public sealed class PythonMarkingTests(PythonNotebook notebook) : IClassFixture<PythonNotebook>
{
    private const string Verdict = "application/vnd.concurrencylab.exercise+json";

    public static TheoryData<string> Titles =>
    [
        .. from attempt in PythonAttempt.All
           group attempt by (attempt.Exercise, attempt.Says is null) into alike
           from attempt in Tier.IsAll ? alike : alike.Take(1)
           select attempt.Title,
    ];

    [Fact]
    public void Every_exercise_in_python_has_three_right_and_four_wrong_attempts() =>
        Assert.All(PythonAttempt.All.GroupBy(attempt => attempt.Exercise), exercise =>
        {
            Assert.InRange(exercise.Count(attempt => attempt.Says is null), 3, 20);
            Assert.InRange(exercise.Count(attempt => attempt.Says is not null), 4, 20);
        });

    [Theory, MemberData(nameof(Titles))]
    public async Task Is_marked_rightly(string title)
    {
        PythonNotebook.NeedsPython();
        var attempt = PythonAttempt.All.Single(attempt => attempt.Title == title);

        var says = attempt.Says?.Replace("{cell}", $"cell {notebook.Next}", StringComparison.Ordinal);
        var verdict = await notebook.ShowAsync($"#!python\n{attempt.Code}\n\n#!csharp\nawait Exercises.{attempt.Exercise}.Check()", Verdict);

        var message = verdict!["message"]!.GetValue<string>();
        if (says is null && message.StartsWith("Machine busy", StringComparison.Ordinal))
        {
            TestContext.Current.AddWarning(message);
            return;
        }

        if (says is not null) Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.True(says is null == verdict["passed"]!.GetValue<bool>(), message);
    }
}
