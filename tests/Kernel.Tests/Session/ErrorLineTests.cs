namespace ConcurrencyLab.Tests.Session;

/// <summary>An error names the right line, or those that it may be: a learner believes it.</summary>
public sealed class ErrorLineTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Theory]
    [InlineData("void F()\n{\n    Console.WriteLine(\"in F\");\n    var z = new int[2];\n    z[3] = 1;\n}\nF();", 5)]
    [InlineData("Console.WriteLine(\"one\");\nvar x = new[] { 1, 2 }[5];", 2)]
    [InlineData("var z = new[] { 1, 2 };\nvar a = z[0];\nvar b = z[1];\nvar c = z[2];\nvar d = z[1];", 4)]
    [InlineData("var data = new int[4];\nvar total = 0;\nfor (var i = 0; i <= 4; i++)\n    total += data[i];", 4)]
    [InlineData("int At(int i)\n{\n    Span<int> span = new int[3];\n    Console.WriteLine();\n    return span[i];\n}\nAt(5)", 5)]
    [InlineData("int At(int i)\n{\n    var grid = new int[2, 2];\n    Console.WriteLine();\n    grid[i, 0] = 1;\n    return 1;\n}\nAt(5)", 5)]
    [InlineData("class Shelf\n{\n    readonly int[] _cups = new int[2];\n    public int this[int i]\n    {\n        get\n        {\n            Console.WriteLine();\n            return _cups[i];\n        }\n    }\n}\nvar cup = new Shelf()[7];", 9)]
    [InlineData("IEnumerable<int> Cups(int[] a)\n{\n    yield return 1;\n    Console.WriteLine();\n    yield return a[9];\n}\nCups(new int[1]).ToList()", 5)]
    [InlineData("async Task Later(int[] a)\n{\n    await Task.Delay(1);\n    Console.WriteLine();\n    a[9] = 1;\n}\nawait Later(new int[2]);", 5)]
    [InlineData("int Sum(int a)\n{\n    Console.WriteLine();\n    return checked(a + 1);\n}\nSum(int.MaxValue)", 4)]
    [InlineData("byte Cut(int a)\n{\n    Console.WriteLine();\n    return checked((byte)a);\n}\nCut(256)", 4)]
    [InlineData("int[] Make(int n)\n{\n    Console.WriteLine();\n    return new int[n];\n}\nMake(-1)", 4)]
    [InlineData("int Divide(int n)\n{\n    Console.WriteLine();\n    return 7 / n;\n}\nDivide(0)", 4)]
    [InlineData("int Length(string s)\n{\n    Console.WriteLine();\n    return s.Length;\n}\nLength(null)", 4)]
    [InlineData("int Parse(string s)\n{\n    Console.WriteLine();\n    return int.Parse(s);\n}\nParse(\"x\")", 4)]
    [InlineData("int First(List<int> list)\n{\n    Console.WriteLine();\n    return list[3];\n}\nFirst([1])", 4)]
    public async Task An_error_names_the_line_of_its_cause(string source, int line)
    {
        var error = await _notebook.Fail(source);
        Assert.True(line == error.Line, string.Join('\n', error.Traceback));
        Assert.StartsWith($"  at cell 1, line {line}", error.Traceback[1], StringComparison.Ordinal);
        Assert.Equal("    " + source.Split('\n')[line - 1], error.Traceback[2]);
    }

    [Fact]
    public async Task A_thread_of_a_loop_names_the_line_of_its_cause()
    {
        var error = await _notebook.Fail("var data = new int[4];\nParallel.For(0, 3, i =>\n{\n    Console.WriteLine();\n    data[i + 4] = 1;\n});");
        Assert.Contains("    at cell 1, line 5 in a lambda:", error.Traceback);
    }

    [Theory]
    [InlineData("int Sum(int[] a, int i)\n{\n    var sum = a[0];\n    sum += a[i];\n    return sum;\n}\nSum(new int[2], 5)", "3 or 4")]
    [InlineData("int Sum(int n)\n{\n    if (n == 1) Fail();\n    Console.WriteLine();\n    if (n == 2) Fail();\n    Console.WriteLine();\n    return n;\n}\nvoid Fail() => throw new Exception();\nSum(2)", "3 or 5")]
    [InlineData("int Sum(int a, int b)\n{\n    var sum = checked(a + b);\n    Console.WriteLine();\n    return checked(sum + b);\n}\nSum(int.MaxValue, 5)", "3 or 5")]
    public async Task Where_optimised_code_does_not_tell_which_every_line_that_it_may_be_is_named(string source, string lines)
    {
        var error = await _notebook.Fail(source);
        var sum = Assert.Single(error.Traceback, line => line.EndsWith($" cell 1, line {lines} in Sum:", StringComparison.Ordinal));
        Assert.Equal("    " + source.Split('\n')[2], error.Traceback[error.Traceback.ToList().IndexOf(sum) + 1]);
    }

    [Theory]
    [InlineData("var cut = \"abc\"\n    .Trim()\n    .Substring(7);", 3)]
    [InlineData("var first = new[] { 1, 2 }\n    .Where(cup => cup > 5)\n    .Select(cup => cup)\n    .First();", 4)]
    [InlineData("var sum = new[] { \"1\", \"x\" }\n    .Select(text =>\n        int.Parse(text))\n    .ToList()\n    .Sum();", 3)]
    [InlineData("Console.WriteLine(\n    \"abc\"\n        .Remove(5)\n        .Trim());", 3)]
    [InlineData("for (var i = 0; i < 3; i++)\n    \"abc\"\n        .Trim()\n        .Remove(5);", 4)]
    [InlineData("Console.Write(new[]\n{\n    1,\n}.Single(cup => cup == 2));", 4)]
    public async Task A_chain_of_calls_over_several_lines_names_the_one_that_failed(string source, int line)
    {
        var error = await _notebook.Fail(source);
        Assert.True(line == error.Line, string.Join('\n', error.Traceback));
        Assert.Equal("    " + source.Split('\n')[line - 1], error.Traceback[2]);
    }

    [Fact]
    public async Task A_chain_that_calls_the_same_method_twice_names_both_lines()
    {
        var error = await _notebook.Fail("var cut = \"abc\"\n    .Substring(1)\n    .Substring(7);");
        Assert.Equal("  at cell 1, line 2 or 3:", error.Traceback[1]);
    }
}
