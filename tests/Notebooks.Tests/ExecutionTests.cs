using System.Text.Json.Nodes;
using ConcurrencyLab.Lab.Claims;
using ConcurrencyLab.Lab.Notebooks;

namespace ConcurrencyLab.Tests;

/// <summary>Chapters, run from top to bottom by the runner.</summary>
public class ExecutionTests(Chapters chapters)
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static TheoryData<string> Names => Chapters.Run;

    [Theory, MemberData(nameof(Names))]
    public async Task Every_cell_runs_to_its_end(string name) => Assert.Null((await chapters.RunAsync(name)).Last.Failure?.ToString());

    [Theory, MemberData(nameof(Names))]
    public async Task Every_claim_is_made_of_something_that_was_measured(string name)
    {
        var claims = Claim.Of((await chapters.RunAsync(name)).Last.Executed);

        Assert.InRange(claims.Count, 3, 30);
        Assert.All(claims, claim => Assert.True(claim.Measured.Any(char.IsAsciiDigit), $"{claim.Text}: {claim.Measured}"));
    }

    [AllTierTheory, MemberData(nameof(Names))]
    public async Task Every_claim_holds_where_the_cores_are_free(string name) => (await chapters.RunAsync(name)).AssertClaimsHold();

    [Theory, MemberData(nameof(Names))]
    public async Task Every_chart_can_be_seen_in_every_front_end(string name)
    {
        var outputs = (await chapters.RunAsync(name)).Last.Executed.Cells.SelectMany(cell => cell.Outputs);
        var charts = outputs.Where(output => output["data"] is JsonObject data && data.ContainsKey("application/vnd.plotly.v1+json")).ToArray();

        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            Assert.NotEmpty(chart["data"]!["application/vnd.plotly.v1+json"]!["data"]!.AsArray());
            Assert.IsType<JsonObject>(chart["data"]!["application/vnd.plotly.v1+json"]!["layout"]);
            Assert.Equal(PngSignature, Convert.FromBase64String(NotebookCell.Text(chart, "image/png")!).Take(PngSignature.Length));
            Assert.False(string.IsNullOrWhiteSpace(NotebookCell.Text(chart, "text/plain")));
        });
    }

    /// <summary>Front ends prefer HTML to all else. A notebook that is not trusted loses parts of it, or shows nothing in its place.</summary>
    [Theory, MemberData(nameof(Names))]
    public async Task Nothing_that_it_shows_is_blank_where_it_is_not_trusted(string name)
    {
        var bundles = (await chapters.RunAsync(name)).Last.Executed.Cells.SelectMany(cell => cell.Outputs).Select(output => output["data"]).OfType<JsonObject>();

        Assert.All(bundles, data => Assert.False(data.ContainsKey("text/html"), data.ToJsonString()));
    }

    [Theory, MemberData(nameof(Names))]
    public async Task With_its_outputs_it_is_small_enough_to_be_committed(string name) =>
        Assert.InRange((await chapters.RunAsync(name)).Last.Executed.ToJson().Length, 1, SavedNotebook.MostBytes);
}
