namespace ConcurrencyLab.Tests.Session;

/// <summary>Code of cells is explored as it was written, with what it uses of earlier cells.</summary>
public sealed class ExploredCodeTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task A_cells_own_code_is_explored_with_names_and_values_of_earlier_cells()
    {
        await Load();
        await _notebook.Succeed("""
            var start = 40;
            class Till { public int Cups; public void Add() => Cups++; }
            """);
        await _notebook.Succeed("""
            start = 41;
            ConcurrentProgram Counting(string name, bool locked) => ConcurrentProgram.OfCode(name, () =>
            {
                var till = new Till { Cups = start };
                void Add() { if (locked) lock (till) till.Add(); else till.Add(); }
                var other = new Thread(Add);
                other.Start();
                Add();
                other.Join();
                Check.That(till.Cups == 43);
            });
            """);

        Assert.StartsWith("free: broken: \"till.Cups == 43\" does not hold", await Value("Counting(\"free\", false).Explore().ToString()"), StringComparison.Ordinal);
        Assert.Contains("nothing breaks it", await Value("Counting(\"locked\", true).Explore().ToString()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_code_takes_from_outside_is_named_and_forbids_a_proof()
    {
        await Load();
        await _notebook.Succeed("var list = new List<int>();\nlist.Add(1);");

        var told = await Value("""
            ConcurrentProgram.OfCode("outside", () =>
            {
                var a = new Thread(() => { lock (list) list.Add(2); });
                a.Start();
                lock (list) list.Add(3);
                a.Join();
            }).Explore().ToString()
            """);

        Assert.Contains("not seen: what was done to list before the program began", told, StringComparison.Ordinal);
        Assert.Contains("no proof", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endless_loop_in_explored_code_is_told_with_its_line_and_the_kernel_goes_on()
    {
        await Load();

        var error = await _notebook.Fail("""
            ConcurrentProgram.OfCode("endless", () =>
            {
                var n = 1;
                while (n > 0)
                    n = n % 7 + 1;
            }).Explore()
            """);

        Assert.Contains("main loops for ever in line 4", error.Message, StringComparison.Ordinal);
        Assert.Equal("42", await Value("6 * 7"));
    }

    private async Task Load() => await _notebook.Succeed(
        $"#r \"{Lab("ConcurrencyLab.dll")}\"\n#r \"{Lab("ConcurrencyLab.Interleavings.dll")}\"\nusing ConcurrencyLab;\nusing ConcurrencyLab.Interleavings;\nusing System.Threading;");

    private static string Lab(string file) => Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab", file);

    private async Task<string> Value(string source) => (await _notebook.Succeed(source)).PlainValue!.Trim('"');
}
