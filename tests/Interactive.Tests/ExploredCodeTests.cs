namespace ConcurrencyLab.Tests;

/// <summary>Ordinary code is explored in .NET Interactive, too: with its compiler and the cells that it has kept.</summary>
public class ExploredCodeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task A_cells_own_code_is_explored_with_names_and_values_of_earlier_cells()
    {
        using var kernel = new NotebookKernel();
        await SucceedAsync(kernel, """
            #r "../artifacts/lab/ConcurrencyLab.dll"
            #r "../artifacts/lab/ConcurrencyLab.Interleavings.dll"
            using ConcurrencyLab;
            using ConcurrencyLab.Interleavings;
            using System.Threading;
            """);
        await SucceedAsync(kernel, """
            var start = 40;
            class Till { public int Cups; public void Add() => Cups++; }
            """);
        var free = await SucceedAsync(kernel, Counting("free", "till.Add()"));
        var locked = await SucceedAsync(kernel, Counting("locked", "lock (till) till.Add()"));

        Assert.StartsWith("free: broken: \"till.Cups == 42\" does not hold", free, StringComparison.Ordinal);
        Assert.Contains("nothing breaks it", locked, StringComparison.Ordinal);
    }

    private static string Counting(string name, string add) => $$"""
        ConcurrentProgram.OfCode("{{name}}", () =>
        {
            var till = new Till { Cups = start };
            void Add() { {{add}}; }
            var other = new Thread(Add);
            other.Start();
            Add();
            other.Join();
            Check.That(till.Cups == 42);
        }).Explore().ToString()
        """;

    private static async Task<string> SucceedAsync(NotebookKernel kernel, string source)
    {
        var run = await kernel.RunAsync(new NotebookCell(source), Limit, TestContext.Current.CancellationToken);
        Assert.Null(run.Failure);
        return run.Shown.Count == 0 ? "" : run.Shown[0]["text/plain"];
    }
}
