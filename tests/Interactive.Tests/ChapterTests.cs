using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Documents;

namespace ConcurrencyLab.Tests;

/// <summary>Every chapter from top to bottom in .NET Interactive.</summary>
public class ChapterTests(Chapters chapters)
{
    private const string Plotly = "application/vnd.plotly.v1+json";
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static TheoryData<string> Names => Chapters.Names;

    [Fact]
    public void There_are_chapters() => Assert.NotEmpty(Names);

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_cell_runs_to_its_end(string name)
    {
        var run = (await chapters.RunAsync(name)).Last;

        Assert.True(run[^1].Failure is null, run[^1].Failure);
        Assert.Equal(Chapters.CellsOf(name).Count, run.Count);
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_claim_holds_where_the_cores_are_free(string name)
    {
        var runs = await chapters.RunAsync(name);

        Assert.InRange(runs.Last.SelectMany(Claim.Of).Count(), 3, 30);
        runs.AssertClaimsHold();
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_chart_comes_as_a_whole_bundle(string name)
    {
        var charts = (await chapters.RunAsync(name)).Last.SelectMany(cell => cell.Shown).Where(shown => shown.ContainsKey(Plotly)).ToArray();

        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            var figure = JsonNode.Parse(chart[Plotly])!;
            Assert.NotEmpty(figure["data"]!.AsArray());
            Assert.IsType<JsonObject>(figure["layout"]);
            Assert.Equal(PngSignature, Convert.FromBase64String(chart["image/png"]).Take(PngSignature.Length));
            Assert.False(string.IsNullOrWhiteSpace(chart["text/plain"]));
            // Front ends prefer HTML to the picture, and drop its scripts when the notebook is not trusted.
            Assert.Equal([Plotly, "image/png", "text/plain"], chart.Keys.Order(StringComparer.Ordinal));
        });
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_cell_shows_what_the_saved_one_shows(string name)
    {
        var others = (await chapters.RunAsync(name)).Last.Select(run => (run.Cell.Number, Saved: SavedIn(run.Cell), Shown: ShownBy(run))).Where(cell => cell.Saved != cell.Shown);

        var different = others.Select(cell => $"{name}, cell {cell.Number} shows {cell.Shown}, saved is {cell.Saved}").ToArray();
        Assert.True(different.Length == 0, string.Join("\n", different));
    }

    private static string SavedIn(NotebookCell cell) =>
        Described(cell.Saved.Select(DataOf).OfType<IDictionary<string, object>>().Select(data => data.Keys), cell.Saved.OfType<TextElement>().Any());

    private static string ShownBy(CellRun run) => Described(run.Shown.Select(shown => shown.Keys), run.Console.Length > 0);

    private static string Described(IEnumerable<IEnumerable<string>> bundles, bool writes) =>
        string.Join("; ", bundles.Select(Kinds).Append(writes ? "text on the console" : "nothing on the console"));

    /// <summary>Without the plain text beside HTML: of what is no type of ours, such as a list, .NET Interactive shows HTML only.</summary>
    private static string Kinds(IEnumerable<string> mimeTypes) =>
        string.Join(" + ", mimeTypes.Where(mimeType => mimeType != "text/plain" || !mimeTypes.Contains("text/html")).Order(StringComparer.Ordinal));

    private static IDictionary<string, object>? DataOf(InteractiveDocumentOutputElement output) => output switch
    {
        ReturnValueElement value => value.Data,
        DisplayElement display => display.Data,
        _ => null,
    };
}
