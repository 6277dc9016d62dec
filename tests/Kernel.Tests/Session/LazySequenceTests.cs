namespace ConcurrencyLab.Tests.Session;

/// <summary>Sequences that run code each time they are read, as values.</summary>
public sealed class LazySequenceTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Theory]
    [InlineData("Enumerable.Range(0, 4).Select(i => { Interlocked.Increment(ref calls); return i; })", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("Enumerable.Range(0, 4).AsParallel().AsOrdered().Select(i => { Interlocked.Increment(ref calls); return i; })", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("IEnumerable<int> Cups() { for (var cup = 0; cup < 3; cup++) { calls++; yield return cup; } }\nCups()", "[ 0, 1, 2 ]", 3)]
    [InlineData("IEnumerable<int> Cups() { while (true) yield return calls++; }\nCups()", "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 ... (more) ]", 21)]
    [InlineData("new[] { 2, 1 }.OrderBy(cup => { calls++; return cup; }).AsEnumerable()", "[ 1, 2 ]", 2)]
    [InlineData("new[] { 2, 1 }.AsQueryable().Select(cup => cup + Interlocked.Increment(ref calls))", "[ 3, 3 ]", 2)]
    [InlineData("Enumerable.Range(0, 2).Select(_ => Enumerable.Range(0, 3).Select(i => { calls++; return i; }))", "[ 0, 1, 2 ]\n[ 0, 1, 2 ]", 6)]
    [InlineData("new[] { 1, 2 }.Select(i => Enumerable.Range(0, 3).Select(j => { calls++; return j; })).ToArray()", "[ 0, 1, 2 ]\n[ 0, 1, 2 ]", 6)]
    [InlineData("Enumerable.Range(0, 3).Select(async i => { Interlocked.Increment(ref calls); await Task.Yield(); return i; })", "List<Task<Int32>>", 3)]
    [InlineData("(\"cups\", Enumerable.Range(0, 4).Select(i => { calls++; return i; }))", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("new { Cups = Enumerable.Range(0, 4).Select(i => { calls++; return i; }) }", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("new { Order = new { Cups = Enumerable.Range(0, 30).Select(i => { calls++; return i; }) } }", "18, 19 ... (more) ]", 21)]
    [InlineData("record Order(IEnumerable<int> Cups);\nnew[] { new Order(Enumerable.Range(0, 4).Select(i => { calls++; return i; })) }", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("new Dictionary<string, IEnumerable<int>> { [\"cups\"] = Enumerable.Range(0, 4).Select(i => { calls++; return i; }) }", "[ 0, 1, 2, 3 ]", 4)]
    [InlineData("new { Tasks = Enumerable.Range(0, 3).Select(async i => { Interlocked.Increment(ref calls); await Task.Yield(); return i; }) }", "Task", 3)]
    [InlineData("class Own : IEnumerable<int>\n{\n    public static int Calls;\n    public IEnumerator<int> GetEnumerator() { Calls++; yield return 7; }\n    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();\n}\ndisplay(new Own());\ncalls = Own.Calls;\nnew[] { 7 }", "[ 7 ]", 1)]
    public async Task A_lazy_sequence_is_read_once_and_shows_its_items(string code, string text, int calls)
    {
        await _notebook.Succeed("using System.Threading;\nint calls = 0;");
        Assert.Contains(text, (await _notebook.Succeed(code)).PlainValue, StringComparison.Ordinal);
        Assert.Equal($"{calls}", (await _notebook.Succeed("calls")).PlainValue);
    }

    [Fact]
    public async Task A_sequence_that_the_user_formats_is_left_to_its_formatter()
    {
        await _notebook.Succeed("class Menu : IEnumerable<int>\n{\n    public IEnumerator<int> GetEnumerator() { yield return 7; }\n    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();\n}\nFormatter.Register<Menu>(menu => \"<b>menu</b>\", \"text/html\");");
        Assert.Equal("<b>menu</b>", (string?)(await _notebook.Succeed("new Menu()")).Value.Data["text/html"]);
    }
}
