using System.Runtime.CompilerServices;

namespace ConcurrencyLab;

/// <summary>A question of the quiz. Its right answer and its proof are not public: they are earned.</summary>
public sealed class Question
{
    private readonly (string Option, string Why)[] _options;

    /// <param name="text">What is asked.</param>
    /// <param name="right">The letter of the right answer.</param>
    /// <param name="options">What can be answered, from A on, and why it is right or wrong.</param>
    /// <param name="proof">A few lines that show it on this machine.</param>
    /// <param name="lines">Those lines as source text, which the compiler puts in.</param>
    internal Question(string text, char right, (string Option, string Why)[] options, Func<Task<Evidence>> proof, [CallerArgumentExpression(nameof(proof))] string lines = "") =>
        (Text, Right, _options, ProveAsync, Lines) = (text, right, options, proof, Statements(lines));

    /// <summary>What is asked.</summary>
    public string Text { get; }

    /// <summary>What can be answered: the first is A.</summary>
    public IReadOnlyList<string> Options => [.. _options.Select(option => option.Option)];

    internal string Lines { get; }

    internal char Right { get; }

    internal Func<Task<Evidence>> ProveAsync { get; }

    internal string Why(char letter) => _options[letter - 'A'].Why;

    /// <summary>The body of a lambda without its last statement, which hands the evidence over, moved to the left.</summary>
    private static string Statements(string lambda)
    {
        var lines = lambda.ReplaceLineEndings("\n").Split('\n').ToList();
        var open = lines.FindIndex(line => line.Trim() == "{");
        var last = lines.FindLastIndex(line => line.TrimStart().StartsWith("return ", StringComparison.Ordinal));
        var indent = lines[open].Length + 3;
        return string.Join('\n', lines[(open + 1)..last].Select(line => line[indent..]));
    }
}

/// <summary>What running a few lines showed.</summary>
/// <param name="Picture">Its chart.</param>
/// <param name="Claim">The sentence that answers the question, checked.</param>
internal sealed record Evidence(Figure Picture, Claim Claim);
