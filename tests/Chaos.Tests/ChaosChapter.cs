using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests;

/// <summary>A chapter of about a second that uses what chapters use: shop, worker processes, Python, files, a picture, claims.</summary>
internal static class ChaosChapter
{
    public const string Name = "chaos";

    /// <summary>Variables of the environment that the chapter's cells read: where to tell their phase, and which orders are to go wrong.</summary>
    public const string PhasesVariable = "CHAOS_PHASES", ErrorsVariable = "CHAOS_ERRORS", FaultsVariable = "CHAOS_FAULTS";

    /// <summary>The scripts of <c>notebooks/python</c> that it runs, and what those import.</summary>
    public static readonly string[] Scripts = ["primes_processes.py", "primes.py", "measured.py"];

    /// <summary>A run's phases in their order, each with its usual length in milliseconds.</summary>
    private static readonly (string Name, int Length)[] Order =
    [
        ("start", 300), ("opening", 600), ("card", 300), ("shop", 500), ("shop-starts", 150), ("orders", 150), ("workers", 400), ("python", 400),
        ("files", 100), ("again", 80), ("picture", 700), ("claims", 40), ("saving", 300),
    ];

    /// <summary>All of them.</summary>
    public static readonly string[] Phases = [.. Order.Select(phase => phase.Name)];

    /// <summary>Those in which the chapter's process is there.</summary>
    public static readonly string[] PhasesOfChapter = [.. Phases[1..^1]];

    /// <summary>What each cell shows; the same on every machine, but that there may be no Python.</summary>
    public static readonly IReadOnlyDictionary<string, string> Answers = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["orders"] = "24 cups",
        ["workers"] = "True True True True True True",
        ["python"] = "True True True True",
        ["files"] = "4 of 4",
        ["again"] = "8 cups",
    };

    private static readonly (string Id, string Source)[] Cells = [.. AllCells().Where(cell => Has(cell.Id))];

    private static (string Id, string Source)[] AllCells() =>
    [
        ("card", "Chapter.Start()"),
        ("shop", $$"""
            var shop = CoffeeShop.Open(ms: 10);
            if (Environment.GetEnvironmentVariable("{{ErrorsVariable}}") is { } errors)
                shop = shop.With(errors: double.Parse(errors), faults: Enum.Parse<ShopFaults>(Environment.GetEnvironmentVariable("{{FaultsVariable}}")));
            """),
        ("orders", """
            var brewed = 0;
            for (var round = 0; round < 3; round++) brewed += (await Task.WhenAll(shop.Orders(8).Select(shop.OrderAsync))).Length;
            $"{brewed} cups"
            """),
        ("workers", """
            using (var pool = ProcessPool.Start(2))
                Console.Write(string.Join(" ", await pool.Map(Primes.After(100_000_000_000_000, 6), Primes.IsPrime)));
            """),
        ("python", """
            var ran = await Python.Run<bool[]>("primes_processes.py", new { numbers = Primes.After(2_000_000_000, 4), workers = 2 });
            string.Join(" ", ran.Value)
            """),
        ("files", """
            var files = TempFiles.Create(filesPerItem: 2);
            var saved = files.Items(4).Select(files.SaveAndLoad).ToList();
            $"{saved.Select(file => file.Sha256).Distinct().Count()} of {saved.Count}"
            """),
        ("again", """
            $"{shop.Orders(8).Select(shop.Order).Count()} cups"
            """),
        ("picture", """
            await Compare.Runs("Two waits", MeasureOptions.Within(seconds: 0.1) with { MinRepeats = 1, WarmUps = 0, Settle = TimeSpan.Zero },
                Run.As("sequential", () => { Thread.Sleep(4); Thread.Sleep(4); }),
                Run.As("async", () => Task.WhenAll(Task.Delay(4), Task.Delay(4))))
            """),
        ("claims", """
            files.Dispose();
            shop.Dispose();
            Claims.Check(Claim.AtLeast("All were served", brewed, 24, "cups"))
            """),
    ];

    /// <summary>Usual length of a phase in milliseconds.</summary>
    public static int Length(string phase) => Order.Single(known => known.Name == phase).Length;

    /// <summary>The notebook before its first run.</summary>
    /// <param name="library">The workload library.</param>
    public static string Notebook(string library) => NotebookText.Of(
    [
        ("markdown", "# Chaos\n\nA chapter that uses what chapters use. One fault hits it."),
        ("code", $"""
            #r "{library}"
            using ConcurrencyLab;
            using System.IO;
            using System.Threading;
            void Tell(string phase) => File.WriteAllText(Path.Combine(Environment.GetEnvironmentVariable("{PhasesVariable}"), phase), "");
            """),
        .. Cells.Select(cell => ("code", $"Tell(\"{cell.Id}\");\n{cell.Source}")),
    ]);

    /// <summary>Whether it has that phase here: Python's, only where there is one.</summary>
    public static bool Has(string phase) => phase != "python" || LabRun.Python is not null;

    /// <summary>The cell of an id of <see cref="Answers"/>: its number among those that run.</summary>
    public static int Number(string id) => Array.FindIndex(Cells, cell => cell.Id == id) + 2;
}
