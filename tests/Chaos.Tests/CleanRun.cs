namespace ConcurrencyLab.Tests;

/// <summary>The run after a fault: nothing is wrong any more, and nothing reminds of it.</summary>
internal static class CleanRun
{
    private const int CellLimit = 60;

    /// <summary>Runs the chapter and tells what is wrong.</summary>
    public static async Task<IReadOnlyList<string>> WrongAsync(Bench bench)
    {
        var crowd = new Crowd();
        using var lab = LabRun.Start(bench, crowd, CellLimit, []);
        var (output, error) = await lab.SaidAsync();
        var wrong = new List<string>();
        if (lab.ExitCode != 0 || error.Length > 0) wrong.Add($"exit code {lab.ExitCode}: {output} {error}");
        else wrong.AddRange(bench.Workshop.Wrong(LabRun.Python is not null));
        wrong.AddRange((await crowd.WhenGoneAsync(TimeSpan.FromSeconds(20))).Select(left => $"left {left.Role} {left.Id} running: {left.Command}"));
        wrong.AddRange(bench.Workshop.HalfWritten(swept: true));
        wrong.AddRange(bench.Workshop.TemporaryLeft().Select(left => $"left temporary {left}"));
        return [.. wrong.Select(what => $"the next run: {what}")];
    }
}
