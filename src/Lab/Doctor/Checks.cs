using System.Text.Json.Serialization;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>How much a finding matters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    /// <summary>It is there and works.</summary>
    Fine,

    /// <summary>It is missing or too old; the chapters run without it.</summary>
    Optional,

    /// <summary>It is missing or broken, and chapters do not run without it.</summary>
    Needed,
}

/// <summary>What one check found: a line of the doctor's.</summary>
/// <param name="Subject">What was checked.</param>
/// <param name="Verdict">How much it matters.</param>
/// <param name="Seen">What was found.</param>
/// <param name="Remedy">What to do; null when nothing has to be done.</param>
internal sealed record Finding(string Subject, Verdict Verdict, string Seen, string? Remedy = null)
{
    public static Finding Fine(string seen) => new("", Verdict.Fine, seen);

    public static Finding Optional(string seen, string remedy) => new("", Verdict.Optional, seen, remedy);

    public static Finding Needed(string seen, string remedy) => new("", Verdict.Needed, seen, remedy);
}

/// <summary>The clone and the user whose machine is checked.</summary>
/// <param name="Root">The repository's folder; empty when the lab runs outside of one.</param>
/// <param name="Home">The user's folder.</param>
internal sealed record CheckContext(string Root, string Home);

/// <summary>One thing to check.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="Weight">How much it matters when the check itself fails.</param>
/// <param name="Run">Checks it.</param>
internal sealed record Check(string Subject, Verdict Weight, Func<CheckContext, Finding> Run);

/// <summary>Checks everything at once; each check has a time limit, and none can throw.</summary>
internal static class Checks
{
    /// <summary>What to do about something that does not answer.</summary>
    public const string Busy = "see what holds this machine up, then ask again";

    /// <summary>The longest that a command or a server may take: dozens of times what it takes when nothing else runs.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(30);

    /// <summary>Longer than two commands that a check may ask one after the other.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    private static readonly Check[] All =
    [
        new(".NET SDK", Verdict.Needed, ToolChecks.Sdk),
        new("library", Verdict.Needed, LabChecks.Library),
        new("coffee shop", Verdict.Needed, LabChecks.CoffeeShop),
        new("127.0.0.1", Verdict.Needed, LabChecks.Loopback),
        new("disk", Verdict.Needed, LabChecks.Disk),
        new("cores", Verdict.Optional, LabChecks.Cores),
        new("memory", Verdict.Optional, LabChecks.Memory),
        new("open files", Verdict.Optional, LabChecks.OpenFiles),
        new("Python", Verdict.Optional, ToolChecks.Python),
        new("kernel", Verdict.Optional, LabChecks.OurKernel),
        new("notebooks' kernel", Verdict.Optional, LabChecks.NotebooksKernel),
        new("Jupyter", Verdict.Optional, ToolChecks.Jupyter),
        new("VS Code", Verdict.Optional, ToolChecks.VSCode),
        new("browser", Verdict.Optional, ToolChecks.Browser),
    ];

    /// <summary>A finding for each check, in order.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAllAsync(CheckContext context) => await Task.WhenAll(All.Select(check => RunAsync(check, context, Limit)));

    internal static async Task<Finding> RunAsync(Check check, CheckContext context, TimeSpan limit)
    {
        try
        {
            // A thread of its own: even a file system may hang.
            var found = Task.Factory.StartNew(() => check.Run(context), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return (await found.WaitAsync(limit)) with { Subject = check.Subject };
        }
        catch (TimeoutException)
        {
            return new Finding(check.Subject, check.Weight, $"could not be looked at within {limit.TotalSeconds:0} s", Busy);
        }
        catch (Exception fault)
        {
            return new Finding(check.Subject, check.Weight, $"could not be looked at: {fault.Message.ReplaceLineEndings(" ")}", "mend that, then ask again");
        }
    }
}
