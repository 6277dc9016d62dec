namespace ConcurrencyLab.Tests;

/// <summary>
/// Runs of one chapter: a quick look, then, while a claim held in none, with all the time that a user's run takes, twice at
/// most: hosts of virtual machines have bad moments that nothing in the machine tells of.
/// </summary>
/// <param name="All">The runs; the last is the one that counts.</param>
/// <param name="Broken">Claims that held in no run, with what was measured in the last.</param>
/// <param name="WereOthersBusy">Whether other programs had the cores meanwhile.</param>
internal sealed record ChapterLooks<TRun>(IReadOnlyList<TRun> All, IReadOnlyList<string> Broken, bool WereOthersBusy)
{
    private const int Most = 3;
    private const string Short = "0.7";

    public TRun Last => All[^1];

    /// <summary>Takes the looks.</summary>
    /// <param name="run">Runs the chapter, each comparison for so many seconds; as long as for a user when null.</param>
    /// <param name="claims">The claims of a run, each with what was measured; null when the run failed.</param>
    public static async Task<ChapterLooks<TRun>> TakeAsync(Func<string?, Task<TRun>> run, Func<TRun, IEnumerable<(bool Holds, string Said)>?> claims)
    {
        var others = new OtherPrograms();
        List<TRun> runs = [];
        HashSet<int> held = [];
        string[] broken;
        do
        {
            runs.Add(await run(runs.Count == 0 ? Short : null));
            var said = claims(runs[^1])?.ToArray() ?? [];
            held.UnionWith(Enumerable.Range(0, said.Length).Where(index => said[index].Holds));
            broken = [.. said.Where((_, index) => !held.Contains(index)).Select(claim => claim.Said)];
        }
        while (broken.Length > 0 && runs.Count < Most);
        return new ChapterLooks<TRun>(runs, broken, others.AreBusy);
    }

    /// <summary>Fails when a claim held in no run, unless other programs had the cores: then it warns.</summary>
    public void AssertClaimsHold()
    {
        if (WereOthersBusy) TestContext.Current.AddWarning($"Other programs kept the cores busy: {string.Join("; ", Broken)}");
        else Assert.Empty(Broken);
    }
}
