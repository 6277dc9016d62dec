using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Notebooks;

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
    public async Task Every_cell_runs_to_its_end(string name) => Assert.Null((await chapters.RunAsync(name)).Last.Failure?.ToString());

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_claim_holds_where_the_cores_are_free(string name)
    {
        var runs = await chapters.RunAsync(name);

        Assert.InRange(Claim.Of(runs.Last.Executed).Count, 3, 30);
        runs.AssertClaimsHold();
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_chart_comes_as_a_whole_bundle(string name)
    {
        var charts = (await chapters.RunAsync(name)).Last.Executed.Cells.SelectMany(cell => cell.Outputs)
            .Where(output => output["data"] is JsonObject data && data.ContainsKey(Plotly)).ToArray();

        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            var data = chart["data"]!.AsObject();
            Assert.NotEmpty(data[Plotly]!["data"]!.AsArray());
            Assert.IsType<JsonObject>(data[Plotly]!["layout"]);
            Assert.Equal(PngSignature, Convert.FromBase64String(NotebookCell.Text(chart, "image/png")!).Take(PngSignature.Length));
            Assert.False(string.IsNullOrWhiteSpace(NotebookCell.Text(chart, "text/plain")));
            // Front ends prefer HTML to the picture, and drop its scripts when the notebook is not trusted.
            Assert.Equal([Plotly, "image/png", "text/plain"], data.Select(content => content.Key).Order(StringComparer.Ordinal));
        });
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_cell_shows_what_the_saved_one_shows(string name)
    {
        var executed = (await chapters.RunAsync(name)).Last.Executed.CodeCells.Select(cell => (cell.Number, Kinds: Described(cell.Outputs)));
        var saved = Chapters.Read(name).CodeCells.Select(cell => Described(cell.Outputs));

        var different = executed.Zip(saved).Where(cell => cell.First.Kinds != cell.Second)
            .Select(cell => $"{name}, cell {cell.First.Number} shows {cell.First.Kinds}, saved is {cell.Second}").ToArray();
        Assert.True(different.Length == 0, string.Join("\n", different));
    }

    private static string Described(IEnumerable<JsonObject> outputs) =>
        string.Join("; ", outputs.Select(output => output["data"]).OfType<JsonObject>().Select(data => Kinds([.. data.Select(content => content.Key)]))
            .Append(outputs.Any(output => (string?)output["output_type"] == "stream") ? "text on the console" : "nothing on the console"));

    /// <summary>Without the plain text beside HTML: of what is no type of ours, such as a list, .NET Interactive shows HTML only.</summary>
    private static string Kinds(string[] mimeTypes) =>
        string.Join(" + ", mimeTypes.Where(mimeType => mimeType != "text/plain" || !mimeTypes.Contains("text/html")).Order(StringComparer.Ordinal));
}
