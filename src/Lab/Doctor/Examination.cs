namespace ConcurrencyLab.Lab.Doctor;

/// <summary>Looks at everything at once; each look has a time limit, and none can throw.</summary>
internal static class Examination
{
    /// <summary>Longer than two commands that a look may ask one after the other.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    /// <summary>All looks, in the order in which they are told.</summary>
    private static readonly Look[] Looks =
    [
        new(".NET SDK", Verdict.Needed, Programs.SdkAsync),
        new("library", Verdict.Needed, Build.LibraryAsync),
        new("coffee shop", Verdict.Needed, Servers.CoffeeShopAsync),
        new("127.0.0.1", Verdict.Needed, Servers.LoopbackAsync),
        new("disk", Verdict.Needed, Hardware.DiskAsync),
        new("cores", Verdict.Optional, Hardware.CoresAsync),
        new("memory", Verdict.Optional, Hardware.MemoryAsync),
        new("open files", Verdict.Optional, Hardware.OpenFilesAsync),
        new("Python", Verdict.Optional, Programs.PythonAsync),
        new("kernel", Verdict.Optional, Kernels.OursAsync),
        new("notebooks' kernel", Verdict.Optional, Kernels.OfTheNotebooksAsync),
        new("Jupyter", Verdict.Optional, FrontEnds.JupyterAsync),
        new("VS Code", Verdict.Optional, FrontEnds.CodeAsync),
        new("PostgreSQL", Verdict.Optional, Servers.PostgresAsync),
        new("browser", Verdict.Optional, FrontEnds.BrowserAsync),
    ];

    /// <summary>Looks at a machine.</summary>
    /// <returns>A finding for each look, in order.</returns>
    public static async Task<IReadOnlyList<Finding>> OfAsync(Patient patient) =>
        await Task.WhenAll(Looks.Select(look => FindAsync(look, patient, Limit))).ConfigureAwait(false);

    internal static async Task<Finding> FindAsync(Look look, Patient patient, TimeSpan limit)
    {
        try
        {
            // A thread of its own: a file system may hang, too.
            var found = Task.Factory.StartNew(() => look.At(patient), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
            return (await found.WaitAsync(limit).ConfigureAwait(false)) with { Subject = look.Subject };
        }
        catch (TimeoutException)
        {
            return new Finding(look.Subject, look.Weight, $"could not be looked at within {limit.TotalSeconds:0} s", Probe.Busy);
        }
        catch (Exception fault)
        {
            return new Finding(look.Subject, look.Weight, $"could not be looked at: {fault.Message.ReplaceLineEndings(" ")}", "mend that, then ask again");
        }
    }

    /// <summary>One thing to look at.</summary>
    /// <param name="Subject">Its name.</param>
    /// <param name="Weight">How much it matters when it cannot be looked at.</param>
    /// <param name="At">Looks.</param>
    internal sealed record Look(string Subject, Verdict Weight, Func<Patient, Task<Finding>> At);
}
