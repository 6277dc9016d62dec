namespace ConcurrencyLab;

/// <summary>An answer to a question of the quiz, marked; or the question, when it was not answered yet.</summary>
[TypeFormatterSource(MimeTypes.Markdown, MimeTypes.Plain)]
public sealed class QuizResult : IMarkdownValue
{
    private readonly Question _question;
    private readonly char? _letter;
    private readonly Evidence? _evidence;
    private readonly int _number;

    internal QuizResult(int number, Question question, char? letter, Evidence? evidence) =>
        (_number, _question, _letter, _evidence) = (number, question, letter, evidence);

    /// <summary>Whether the answer was right; null when there was none.</summary>
    public bool? Right => _letter is null ? null : _letter == _question.Right;

    /// <summary>The chart of what was just measured; null before an answer.</summary>
    public Figure? Picture => _evidence?.Picture;

    private string Verdict => Right switch
    {
        null => $"Question {_number} is open: put your letter, {Letters}, in place of the question mark and run the cell.",
        true => $"Right: {_letter}. {_question.Why(_letter!.Value)}",
        false => $"Not {_letter}. {_question.Why(_letter!.Value)} Look at what happens, then answer again.",
    };

    private string Letters => string.Join(", ", _question.Options.Select((_, i) => (char)('A' + i)));

    private string? Shown => _evidence is null ? null
        : $"Measured just now: {_evidence.Claim.Text}: {_evidence.Claim.Measured}{(_evidence.Claim.Holds ? "" : $" (not here; expected {_evidence.Claim.Bound}. {_evidence.Claim.Reason})")}";

    /// <summary>The verdict, the lines that were run and their picture.</summary>
    public string ToMarkdown()
    {
        var verdict = Right switch { true => "**✔** ", false => "**✘** ", null => "" } + MarkdownText.Escape(Verdict);
        return _evidence is null ? verdict
            : MarkdownText.Blocks(verdict, new Solution(_question.Lines).ToMarkdown(), MarkdownText.Escape(Shown!), _evidence.Picture.ToMarkdown());
    }

    /// <summary>The same as text.</summary>
    public override string ToString() => _evidence is null ? Verdict
        : string.Join(Environment.NewLine, Verdict, "", _question.Lines, "", Shown, "", _evidence.Picture.Description);
}
