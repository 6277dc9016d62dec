using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// Something for the learner to write in Python. Its judge is Python, too, and runs what a cell has defined: a file in
/// <c>notebooks/python/judges</c>, whose function <c>judge(attempt)</c> returns what is wrong, or <c>None</c>.
/// </summary>
public sealed class PythonExercise
{
    private readonly string _judge;

    /// <param name="id">Chapter and number, for example <c>05-3</c>.</param>
    /// <param name="function">What the learner's function is called, and its judge's file.</param>
    /// <param name="hint">What to look at when stuck.</param>
    /// <param name="solution">A cell that solves it; the tests run it.</param>
    internal PythonExercise(string id, string function, string hint, string solution) =>
        (Id, _judge, Hint, Solution) = (id, $"judges.{function}.judge", hint, new Solution(solution));

    /// <summary>Chapter and number.</summary>
    public string Id { get; }

    /// <summary>What to look at when stuck.</summary>
    public string Hint { get; }

    /// <summary>A cell that solves it.</summary>
    public Solution Solution { get; }

    /// <summary>Checks the function that the notebook's Python knows under the exercise's name.</summary>
    public Task<Verdict> Check() => Judging.HoldAsync(Id, JudgeAsync);

    private async Task<string?> JudgeAsync(CancellationToken cancel)
    {
        // Not by way of Python.Run: a verdict is nothing to be saved for learners without a Python.
        using var judge = await new PythonFunction(_judge, new PythonArguments(null)).StartAsync(null, Id, cancel).ConfigureAwait(false);
        var reply = await judge.RepeatAsync(cancel).ConfigureAwait(false);
        return reply.Answer.ValueKind == JsonValueKind.Null ? null : reply.AnswerAs<Finding>().ToVerdict();
    }

    /// <summary>What a judge has found.</summary>
    /// <param name="Wrong">What is wrong with the attempt.</param>
    /// <param name="Unseen">Whether that is only what was not seen in time.</param>
    private sealed record Finding(string Wrong, bool Unseen)
    {
        internal string ToVerdict() => Unseen ? JudgeWait.UnlessBusy(Wrong) : Wrong;
    }
}
