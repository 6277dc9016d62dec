namespace ConcurrencyLab.Tests;

/// <summary>The run after a fault: nothing is wrong any more, and nothing reminds of it.</summary>
internal static class CleanRun
{
    private const int CellLimit = 60;

    /// <summary>Runs the chapter and tells what is wrong.</summary>
    public static async Task<IReadOnlyList<string>> WrongAsync(TestBed testBed)
    {
        var processes = new MarkedProcesses();
        using var lab = LabRun.Start(testBed, processes, CellLimit, []);
        var (output, error) = await lab.SaidAsync();
        var wrong = new List<string>();
        if (lab.ExitCode != 0 || error.Length > 0) wrong.Add($"exit code {lab.ExitCode}: {output} {error}");
        else wrong.AddRange(testBed.SampleRepository.Wrong());
        wrong.AddRange((await processes.WhenGoneAsync(TimeSpan.FromSeconds(20))).Select(left => $"left {left.Role} {left.Id} running: {left.Command}"));
        wrong.AddRange(testBed.SampleRepository.HalfWritten(swept: true));
        wrong.AddRange(testBed.SampleRepository.TemporaryLeft().Select(left => $"left temporary {left}"));
        return [.. wrong.Select(what => $"the next run: {what}")];
    }
}
