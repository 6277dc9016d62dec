namespace ConcurrencyLab.Tests;

/// <summary>Ordinary code is explored in .NET Interactive, too: with its compiler and the cells that it has kept.</summary>
public class ExploredCodeTests
{
    [Fact]
    public async Task A_cells_own_code_is_explored_with_names_and_values_of_earlier_cells()
    {
        await using var engine = await Engine.StartAsync(Engine.DotnetInteractive);
        await SucceedAsync(engine, """
            #r "../artifacts/lab/ConcurrencyLab.dll"
            #r "../artifacts/lab/ConcurrencyLab.Interleavings.dll"
            using ConcurrencyLab;
            using ConcurrencyLab.Interleavings;
            using System.Threading;
            """);
        await SucceedAsync(engine, """
            var start = 40;
            class Till { public int Cups; public void Add() => Cups++; }
            """);
        var free = await SucceedAsync(engine, Counting("free", "till.Add()"));
        var locked = await SucceedAsync(engine, Counting("locked", "lock (till) till.Add()"));

        Assert.Contains("free: broken: \"till.Cups == 42\" does not hold", free, StringComparison.Ordinal);
        Assert.Contains("locked: holds", locked, StringComparison.Ordinal);
        Assert.Contains("text/plain: True", locked, StringComparison.Ordinal);
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
        }).Explore() is var found ? $"{found.Complete} {found}" : ""
        """;

    private static async Task<string> SucceedAsync(Engine engine, string source)
    {
        var (shown, result) = await engine.RunAsync(source, TimeSpan.FromMinutes(3));
        Assert.True(result.Succeeded, shown);
        return shown;
    }
}
