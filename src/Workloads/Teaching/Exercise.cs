using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>Something for the learner to write, with a check that says what is wrong and not only that it is.</summary>
/// <typeparam name="TAttempt">The shape of what the learner writes.</typeparam>
public sealed class Exercise<TAttempt> where TAttempt : Delegate
{
    private readonly Func<TAttempt, Task<string?>> _judge;

    /// <param name="id">Chapter and number, for example <c>02-1</c>.</param>
    /// <param name="hint">What to look at when stuck.</param>
    /// <param name="solution">A cell that solves it; the tests run it.</param>
    /// <param name="judge">Null when the attempt is right, else what is wrong with it.</param>
    internal Exercise(string id, string hint, string solution, Func<TAttempt, Task<string?>> judge) =>
        (Id, Hint, Solution, _judge) = (id, hint, new Solution(solution), judge);

    /// <summary>One whose judge has nothing to await.</summary>
    internal Exercise(string id, string hint, string solution, Func<TAttempt, string?> judge)
        : this(id, hint, solution, attempt => Task.FromResult(judge(attempt)))
    {
    }

    /// <summary>Chapter and number.</summary>
    public string Id { get; }

    /// <summary>What to look at when stuck.</summary>
    public string Hint { get; }

    /// <summary>A cell that solves it.</summary>
    public Solution Solution { get; }

    /// <summary>Checks an attempt. One that never ends is given up after 20 seconds, on a busy machine after a minute.</summary>
    public Task<Verdict> Check(TAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return Judging.HoldAsync(Id, _ => _judge(attempt));
    }
}

/// <summary>What a judge finds wrong deep inside of what it does.</summary>
internal sealed class WrongAttemptException(string message) : Exception(message);

/// <summary>Whether an exercise is solved, and if not, what is wrong.</summary>
[TypeFormatterSource(MimeTypes.Exercise, MimeTypes.Markdown, MimeTypes.Plain)]
public sealed record Verdict(string Id, bool Passed, string Message) : IMarkdownValue
{
    /// <summary>The verdict as a line of Markdown.</summary>
    public string ToMarkdown() => $"{MarkdownText.Bold($"{(Passed ? "✔" : "✘")} Exercise {Id}")} {MarkdownText.Escape(Message)}";

    /// <summary>The verdict as a line of text.</summary>
    public override string ToString() => $"{(Passed ? "solved" : "open")}  exercise {Id}: {Message}";

    string? IMarkdownValue.Otherwise(string mimeType) =>
        mimeType == MimeTypes.Exercise ? JsonSerializer.Serialize(new { id = Id, passed = Passed, message = Message }) : null;
}

/// <summary>A cell that solves an exercise.</summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed record Solution(string Code) : IMarkdownValue
{
    /// <summary>The code as a block of Markdown.</summary>
    public string ToMarkdown() => MarkdownText.Code(Code, Code.StartsWith("#!python", StringComparison.Ordinal) ? "python" : "csharp");

    /// <summary>The code.</summary>
    public override string ToString() => Code;
}
