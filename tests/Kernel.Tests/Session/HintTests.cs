namespace ConcurrencyLab.Tests.Session;

/// <summary>What a cell that does not compile is told beyond the compiler's own words.</summary>
public sealed class HintTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Theory]
    [InlineData("Thread.Sleep(1);", "using System.Threading;")]
    [InlineData("var t = new Thread(() => { });", "using System.Threading;")]
    [InlineData("ConcurrentDictionary<int, int> cups = new();", "using System.Collections.Concurrent;")]
    [InlineData("var http = new HttpClient();", "using System.Net.Http;")]
    [InlineData("File.ReadAllText(\"x\")", "using System.IO;")]
    [InlineData("var c = Channel.CreateUnbounded<int>();", "using System.Threading.Channels;")]
    [InlineData("[MethodImpl(256)] int Two() => 2;", "using System.Runtime.CompilerServices;")]
    [InlineData("var http = new System.Net.Http.HttpClient(); await http.GetFromJsonAsync<int>(\"x\")", "using System.Net.Http.Json;")]
    public async Task A_missing_using_is_the_line_to_add(string source, string line)
    {
        var error = await _notebook.Fail(source);
        Assert.Contains($"Add {line}", error.Message, StringComparison.Ordinal);
        Assert.Single(error.Traceback, told => told.StartsWith("Add ", StringComparison.Ordinal));
        await _notebook.Succeed(line + "\n1");
        Assert.DoesNotContain("Add using", (await _notebook.Run(source + "\nnothing")).Result.Error!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("1.Nothing()")]
    [InlineData("new Nothing()")]
    public async Task A_name_that_is_nowhere_gets_no_advice(string source) =>
        Assert.DoesNotContain("Add", (await _notebook.Fail(source)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("class Account { public void Add() { total++; } }", "hand total to its constructor")]
    [InlineData("class Account { public int Get() => Count(); }", "hand Count to its constructor")]
    [InlineData("class Account { void Add() { void Inner() => total++; } }", "hand total to its constructor")]
    public async Task A_class_that_uses_what_a_cell_declares_outside_of_it_is_told_so(string source, string advice)
    {
        Assert.Contains(advice, (await _notebook.Fail("var total = 0; int Count() => total;\n" + source)).Message, StringComparison.Ordinal);
        await _notebook.Succeed("var total = 0; int Count() => total;");
        Assert.Contains(advice, (await _notebook.Fail(source)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_of_a_class_are_not_a_cells()
    {
        Assert.DoesNotContain("A class does not see", (await _notebook.Fail("class Cup { int size; static int Size() => size; }")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("static class More { public static int Twice(this int number) => 2 * number; }")]
    [InlineData("static class More { extension(int number) { public int Twice() => 2 * number; } }")]
    [InlineData("class More { public static int Twice(this int number) => 2 * number; }")]
    public async Task An_extension_method_in_a_class_is_shown_the_way_out_which_works(string source)
    {
        var hint = Assert.Single((await _notebook.Fail(source)).Traceback, line => line.StartsWith("In a cell", StringComparison.Ordinal));
        await _notebook.Succeed(hint[(hint.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        Assert.Equal("42", (await _notebook.Succeed("21.Twice()")).PlainValue);
    }
}
