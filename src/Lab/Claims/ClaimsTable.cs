using ConcurrencyLab.Lab.Execution;
using Spectre.Console;

namespace ConcurrencyLab.Lab.Claims;

/// <summary>The table of all chapters' claims at the end of a run.</summary>
internal static class ClaimsTable
{
    private const int WidthOfFile = 140;

    /// <summary>Prints the claims, or nothing when no chapter made any.</summary>
    public static void Print(IAnsiConsole console, IEnumerable<ChapterOutcome> outcomes)
    {
        var claims = outcomes.SelectMany(outcome => Claim.Of(outcome.Executed), (outcome, claim) => (outcome.Source.Name, Claim: claim)).ToArray();
        if (claims.Length == 0) return;
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in new[] { "chapter and claim", "measured here", "bound" }) table.AddColumn(new TableColumn(heading));
        table.AddColumn(new TableColumn("").NoWrap());
        var named = "";
        foreach (var (chapter, claim) in claims)
        {
            // A row of its own: in a narrow terminal a column of names would leave no room for the sentences.
            if (chapter != named) table.AddRow(new Text(named = chapter, new Style(decoration: Decoration.Bold)));
            var verdict = claim.Holds ? new Text("holds", Color.Green) : new Text("does not hold here", Color.Red);
            var text = claim is { Holds: false, Reason: { Length: > 0 } reason } ? $"{claim.Text} ({reason})" : claim.Text;
            table.AddRow(new Padder(new Text(text), new Padding(2, 0, 0, 0)), new Text(claim.Measured), new Text(claim.Bound), verdict);
        }
        // A file is as wide as its longest line; only a terminal has an edge.
        if (Console.IsOutputRedirected) console.Profile.Width = Math.Max(console.Profile.Width, WidthOfFile);
        console.Write(table);
        var broken = claims.Count(claim => !claim.Claim.Holds);
        console.WriteLine(broken == 0
            ? $"All {claims.Length} claims hold on this machine."
            : $"{claims.Length - broken} of {claims.Length} claims hold on this machine; {broken} {(broken == 1 ? "does" : "do")} not hold here.");
    }
}
