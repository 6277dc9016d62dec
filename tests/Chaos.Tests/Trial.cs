using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>How a run under one injection went.</summary>
/// <param name="Injection">What was to happen.</param>
/// <param name="Happened">What did happen, in words; null when the run was over before.</param>
/// <param name="ExitCode">The lab's.</param>
/// <param name="Error">What it wrote to its error stream.</param>
/// <param name="Took">From the injection to the lab's end.</param>
/// <param name="Wrong">Everything that breaks the contract; empty when it was kept.</param>
internal sealed record Outcome(Injection Injection, string? Happened, int ExitCode, string Error, TimeSpan Took, IReadOnlyList<string> Wrong)
{
    /// <summary>One line for the report.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{(Wrong.Count == 0 ? "kept " : "BROKEN")} {Injection} -> {Happened ?? "came too late"}; exit {ExitCode} after {Took.TotalSeconds:0.0} s; {Error.ReplaceLineEndings(" | ").Trim(' ', '|')}{string.Concat(Wrong.Select(wrong => $"\n    {wrong}"))}");
}

/// <summary>One run of the lab with one fault.</summary>
internal sealed class Trial(TestBed testBed, Injection injection)
{
    /// <summary>Longer than any limit of the lab's own that a fault can make it wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(20);

    private readonly MarkedProcesses _processes = new();

    /// <summary>Runs it and tells what broke the contract.</summary>
    public async Task<Outcome> RunAsync()
    {
        testBed.SampleRepository.Remember();
        testBed.ForgetPhases();
        var wrong = new List<string>();
        // Who stands still is noticed at the limit of a cell, which has to be longer than a cell on a busy machine.
        var limit = injection.Fault == Fault.Suspended ? 10 : 40;
        using var lab = LabRun.Start(testBed, _processes, limit, Preparations(), Errors());
        using var watch = new ReachedPhases(testBed.PhaseFolder);
        string? happened = null;
        var clock = Stopwatch.StartNew();
        try
        {
            if (await ReachAsync(watch, lab.Ended).WaitAsync(Longest))
            {
                await Task.WhenAny(lab.Ended, Task.Delay(injection.Delay));
                happened = await InjectAsync(lab);
            }
            clock.Restart();
            if (!await lab.EndsWithinAsync(Longest))
                wrong.Add($"did not end by itself within {Longest.TotalSeconds} s; there are {string.Join("; ", _processes.All().Select(member => $"{member.Role} {member.Id} ({member.State})"))}");
            clock.Stop();
            foreach (var left in wrong.Count > 0 ? [] : await _processes.WhenGoneAsync(Farewell)) wrong.Add($"left {left.Role} {left.Id} running (state {left.State}): {left.Command}");
        }
        finally
        {
            foreach (var left in _processes.All()) Signals.Send(left.Id, Signals.Kill);
            testBed.Restore();
        }
        var (output, error) = await lab.SaidAsync();
        var labWasKilled = injection is { Fault: Fault.Kill, Victim: Role.Lab } && happened is not null;
        wrong.AddRange(Verdict.Of(injection, lab.ExitCode, output, error, labWasKilled));
        if (lab.ExitCode == 0) wrong.AddRange(testBed.SampleRepository.Wrong());
        wrong.AddRange(testBed.SampleRepository.HalfWritten(swept: !labWasKilled));
        if (!CannotTidy(happened) && testBed.SampleRepository.TemporaryLeft() is { Length: > 0 } folders) wrong.Add($"left temporary files: {string.Join(", ", folders)}");
        return new Outcome(injection, happened, lab.ExitCode, error, clock.Elapsed, wrong);
    }

    // What is killed or stands still for good cannot tidy up; the next run does.
    private bool CannotTidy(string? happened) =>
        happened is not null && (injection.Fault is Fault.Kill && injection.Victim is Role.Lab or Role.Chapter || injection is { Fault: Fault.Suspended, Victim: Role.Chapter });

    private string[] Preparations() => injection.Fault switch
    {
        Fault.FewDescriptors => [$"ulimit -n {40 + (int)(injection.Share * 800)}"],
        // In units of 1024 bytes. The runtime's own memory counts as a file unless it is told to do without that.
        Fault.FilesMayNotGrow => FilesMayNotGrow(),
        Fault.DiskFull when testBed.Namespaces is null => FilesMayNotGrow(),
        _ => [],
    };

    private string[] FilesMayNotGrow() => ["trap '' XFSZ", "export DOTNET_EnableWriteXorExecute=0", $"ulimit -f {(int)(injection.Share * 64)}"];

    private (double Share, string Kind)? Errors() => injection.Fault switch
    {
        Fault.Refusals => (0.05 + injection.Share * 0.9, "Unavailable"),
        Fault.Resets => (0.05 + injection.Share * 0.9, "Reset"),
        _ => null,
    };

    private async Task<bool> ReachAsync(ReachedPhases phases, Task over)
    {
        switch (injection.Phase)
        {
            case "start":
                break;
            case "opening":
                await _processes.WhenThereAsync(Role.Chapter, over);
                break;
            case "shop-starts":
                await _processes.WhenThereAsync(Role.Shop, over);
                break;
            case "saving":
                if (!await phases.WhenAsync("claims", over)) return false;
                while (!over.IsCompleted && _processes.All().Exists(member => member.Role == Role.Chapter)) await Task.WhenAny(over, Task.Delay(3));
                break;
            default:
                return await phases.WhenAsync(injection.Phase, over);
        }
        return !over.IsCompleted;
    }

    private async Task<string?> InjectAsync(LabRun lab)
    {
        switch (injection.Fault)
        {
            case Fault.Refusals or Fault.Resets:
                return $"{Errors()!.Value.Share.ToString("P0", CultureInfo.InvariantCulture)} of the orders go wrong";
            case Fault.FewDescriptors or Fault.FilesMayNotGrow:
                return Preparations()[^1];
            case Fault.DiskFull when testBed.Namespaces is null:
                return $"no small disk can be had here, so {Preparations()[^1]}";
            case Fault.DiskFull:
                var left = (int)(injection.Share * 128 * 1024);
                testBed.SampleRepository.FillDisk(left);
                return $"disk full but for {left} bytes";
            case Fault.NoPort:
                return $"{testBed.Ports} ports for everybody";
        }
        var victim = injection.Victim == Role.Lab ? new MarkedProcess(lab.Id, Role.Lab, 'R', "") : await _processes.WhenThereAsync(injection.Victim, lab.Ended);
        if (victim is null || lab.Ended.IsCompleted) return null;
        if (injection.Fault == Fault.NoMoreDescriptors) return Signals.LimitDescriptors(victim.Id, more: (int)(injection.Share * 6));
        var signal = injection.Fault switch
        {
            Fault.Suspended => Signals.Stop,
            Fault.Interrupt or Fault.ControlC => Signals.Interrupt,
            Fault.Terminate => Signals.Terminate,
            _ => Signals.Kill,
        };
        return Signals.Send(injection.Fault == Fault.ControlC ? -victim.Id : victim.Id, signal) ? $"{injection.Fault} to {victim.Role} {victim.Id}" : null;
    }
}
