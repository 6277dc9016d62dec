using System.Text.RegularExpressions;

namespace ConcurrencyLab;

/// <summary>A question of the quiz. Its right answer and its proof are not public: they are earned.</summary>
public sealed partial class Question
{
    private readonly char _right;
    private readonly IReadOnlyList<string> _why;
    private readonly Func<Task<Evidence>> _proof;

    /// <param name="text">What is asked.</param>
    /// <param name="options">What can be answered, from A on.</param>
    /// <param name="right">The letter of the right answer.</param>
    /// <param name="why">For each option, why it is right or wrong.</param>
    /// <param name="proof">A few lines that show it on this machine.</param>
    /// <param name="lines">Those lines as source text.</param>
    internal Question(string text, IReadOnlyList<string> options, char right, IReadOnlyList<string> why, Func<Task<Evidence>> proof, string lines) =>
        (Text, Options, _right, _why, _proof, Lines) = (text, options, right, why, proof, Statements(lines));

    /// <summary>What is asked.</summary>
    public string Text { get; }

    /// <summary>What can be answered: the first is A.</summary>
    public IReadOnlyList<string> Options { get; }

    internal string Lines { get; }

    internal char Right => _right;

    internal Task<Evidence> ProveAsync() => _proof();

    internal string Why(char letter) => _why[letter - 'A'];

    /// <summary>The body of a lambda without its last statement, which hands the evidence over, moved to the left.</summary>
    private static string Statements(string lambda)
    {
        var lines = lambda.ReplaceLineEndings("\n").Split('\n').ToList();
        var (open, close) = (lines.FindIndex(line => line.Trim() == "{"), lines.FindLastIndex(line => line.Trim() == "}"));
        var body = lines[(open + 1)..close];
        var last = body.FindLastIndex(line => line.TrimStart().StartsWith("return ", StringComparison.Ordinal));
        body = [.. body.Take(last)];
        while (body.Count > 0 && body[^1].Trim().Length == 0) body.RemoveAt(body.Count - 1);
        var indent = body.Where(line => line.Trim().Length > 0).Select(line => Indent().Match(line).Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', body.Select(line => line.Length >= indent ? line[indent..] : ""));
    }

    [GeneratedRegex("^ *")]
    private static partial Regex Indent();
}

/// <summary>What running a few lines showed.</summary>
/// <param name="Picture">Its chart.</param>
/// <param name="Claim">The sentence that answers the question, checked.</param>
internal sealed record Evidence(Figure Picture, Claim Claim);
