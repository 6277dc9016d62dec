using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Execution;
using ConcurrencyLab.Lab.Files;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Commands;

/// <summary>What a run says at its end: all claims, then what went wrong, and last what its user needs first.</summary>
internal static class RunReport
{
    private const int WidthOfFile = 140;

    private const string NextSteps = $"""

        What next?
          Read the book:       open the address above in a browser.
          Edit a chapter:      {Paths.Command} install
                               then open notebooks/ in VS Code (with its Jupyter extension) or in Jupyter.
          Something is wrong:  {Paths.Command} doctor
        """;

    /// <param name="faults">What could not be read or written, a line each.</param>
    /// <param name="book">Its address; null when it could not be written.</param>
    public static void Print(IAnsiConsole console, IReadOnlyList<ChapterOutcome> outcomes, IReadOnlyList<string> faults, Uri? book, bool nextSteps)
    {
        (string Chapter, Claim Claim)[] claims = [.. outcomes.SelectMany(outcome => Claim.Of(outcome.Executed), (outcome, claim) => (outcome.Source.Name, claim))];
        if (claims.Length > 0) PrintTable(console, claims);
        foreach (var outcome in outcomes.Where(outcome => outcome.Failure is not null)) Console.Error.WriteLine($"{Paths.Shown(outcome.Source.Path)}: {outcome.Failure}");
        foreach (var fault in faults) Console.Error.WriteLine(fault);

        var failed = outcomes.Count(outcome => outcome.Failure is not null);
        if (failed > 0) Console.WriteLine($"{failed} of {outcomes.Count} {(outcomes.Count == 1 ? "chapter" : "chapters")} failed, as said above.");
        var broken = claims.Where(claim => !claim.Claim.Holds).ToArray();
        if (claims.Length > 0)
        {
            Console.WriteLine(broken.Length == 0
                ? $"All {claims.Length} claims hold on this machine."
                : $"{claims.Length - broken.Length} of {claims.Length} claims hold on this machine; {broken.Length} {(broken.Length == 1 ? "does" : "do")} not hold here:");
        }
        foreach (var (chapter, claim) in broken) Console.WriteLine($"  {chapter}: {Sentence(claim)}: {claim.Measured}, not {claim.Bound}");
        if (book is not null) Console.WriteLine($"The book: {book.AbsoluteUri}");
        if (book is not null && nextSteps) Console.WriteLine(NextSteps);
    }

    private static void PrintTable(IAnsiConsole console, IEnumerable<(string Chapter, Claim Claim)> claims)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("chapter and claim", "measured here", "bound").AddColumn(new TableColumn("").NoWrap());
        foreach (var chapter in claims.GroupBy(claim => claim.Chapter))
        {
            // A row of its own: in a narrow terminal a column of names would leave no room for the sentences.
            table.AddRow(new Text(chapter.Key, new Style(decoration: Decoration.Bold)));
            foreach (var (_, claim) in chapter)
            {
                var verdict = claim.Holds ? new Text("holds", Color.Green) : new Text("does not hold here", Color.Red);
                table.AddRow(new Padder(new Text(Sentence(claim)), new Padding(2, 0, 0, 0)), new Text(claim.Measured), new Text(claim.Bound), verdict);
            }
        }
        // A file is as wide as its longest line; only a terminal has an edge.
        if (Console.IsOutputRedirected) console.Profile.Width = Math.Max(console.Profile.Width, WidthOfFile);
        console.Write(table);
    }

    private static string Sentence(Claim claim) => claim is { Holds: false, Reason: { Length: > 0 } reason } ? $"{claim.Text} ({reason})" : claim.Text;
}
