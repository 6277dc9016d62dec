namespace ConcurrencyLab;

/// <summary>The questions of chapter 11. The right answers are here and not in the notebook.</summary>
public static partial class Quiz
{
    /// <summary>All questions in their order.</summary>
    public static IReadOnlyList<Question> Questions { get; } = [.. Basics(), .. Mechanisms(), .. Tools()];

    /// <summary>Marks an answer and shows why by running a few lines.</summary>
    /// <param name="question">Its number, from 1.</param>
    /// <param name="letter">The answer's letter; <c>"?"</c> for none yet.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such question.</exception>
    /// <exception cref="ArgumentException">It has no answer of that letter.</exception>
    public static async Task<QuizResult> Answer(int question, string letter)
    {
        if (question < 1 || question > Questions.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(question), question, $"The questions are numbered 1 to {Questions.Count}.");
        }

        ArgumentNullException.ThrowIfNull(letter);
        var asked = Questions[question - 1];
        var given = letter.Trim().ToUpperInvariant();
        if (given is "" or "?")
        {
            return new QuizResult(question, asked, null, null);
        }

        var last = (char)('A' + asked.Options.Count - 1);
        return given.Length == 1 && given[0] >= 'A' && given[0] <= last
            ? new QuizResult(question, asked, given[0], await asked.ProveAsync().ConfigureAwait(false))
            : throw new ArgumentException($"\"{letter}\" is no answer to question {question}: its answers are A to {last}.", nameof(letter));
    }
}
