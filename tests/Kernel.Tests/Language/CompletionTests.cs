using System.Diagnostics;
using ConcurrencyLab.Kernel.Compilation;
using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

public sealed class CompletionTests : IAsyncDisposable
{
    private readonly TestNotebook _notebook = new();
    private readonly Draft _draft;

    public CompletionTests() => _draft = new Draft(_notebook);

    public async ValueTask DisposeAsync()
    {
        _draft.Dispose();
        await _notebook.DisposeAsync();
    }

    [Fact]
    public async Task Names_of_earlier_cells_are_offered_first_and_with_their_declaration()
    {
        await _notebook.Succeed("var cups = 20;");
        await _notebook.Succeed("int Brew(int order) => order + cups;\nrecord Customer(string Name);");
        Assert.Equal(new Completion("cups", "variable", "int cups"), (await _draft.Complete("cu|")).Items[0]);
        Assert.Equal(new Completion("Brew", "method", "int Brew(int order)"), (await _draft.Complete("1 + Bre|")).Items[0]);
        Assert.Equal("Name", (await _draft.Names("new Customer(\"Ada\").Na|"))[0]);
    }

    [Fact]
    public async Task The_latest_declaration_of_a_name_counts_and_what_was_made_of_older_ones_stays()
    {
        await _notebook.Succeed("using System.Threading;");
        await _notebook.Succeed("var cup = new Timer(_ => { });");
        await _notebook.Succeed("var older = cup;");
        await _notebook.Succeed("class Timer { public int Steeped; }");
        await _notebook.Succeed("var cup = new Timer(); cup");
        Assert.Equal(["Steeped"], await _draft.Names("cup.Stee|"));
        Assert.Contains("Change", await _draft.Names("older.|"));
        await _notebook.Succeed("var cup = \"text\"; // a comment at the end");
        Assert.Equal("Length", (await _draft.Names("cup.Leng|"))[0]);
        await _notebook.Succeed("using System.Diagnostics;\nvar watch = Stopwatch.StartNew();");
        Assert.Contains("ElapsedMilliseconds", await _draft.Names("watch.El|"));
        Assert.Contains("Stopwatch", await _draft.Names("Stopw|"));
    }

    [Fact]
    public async Task A_chapters_library_is_offered_inside_the_arguments_of_a_call()
    {
        await _notebook.Succeed(Draft.Library(_notebook));
        var runs = await _draft.Complete("var brewing = await Compare.Runs(\"x\", Run.|");
        Assert.Equal("As", runs.Items[0].Text);
        Assert.StartsWith("Run Run.As(string name, Action work", runs.Items[0].Signature, StringComparison.Ordinal);
        Assert.Contains("Sleep", await _draft.Names("Compare.Runs(\"x\", Run.As(\"a\", () => Thread.|"));
        Assert.Contains("Length", await _draft.Names("Compare.Runs(\"x\", Run.As(\"a\", () => new[] { \"a\" }.Select(order => order.|)))"));
    }

    [Fact]
    public async Task A_packages_names_are_offered()
    {
        await _notebook.Succeed("#r \"nuget: Markdig, 1.6.0\"");
        Assert.Contains("ToHtml", await _draft.Names("Markdig.Markdown.ToH|"));
    }

    [Theory]
    [InlineData("\"\".Subs|", "Substring")]
    [InlineData("Enumerable.Range(1, 3).Wh|", "Where")]
    [InlineData("Console.WrL|", "WriteLine")]
    [InlineData("Parallel.FEAs|", "ForEachAsync")]
    [InlineData("new Lis|", "List")]
    [InlineData("Enumerable.Empty<StringBu|", "StringBuilder")]
    [InlineData("whi|", "while")]
    [InlineData("DayOfWeek day = |", "DayOfWeek")]
    [InlineData("string.Join(sep|", "separator:")]
    [InlineData("var s = \"\ud83d\ude00\"; s.Leng|", "Length")]
    [InlineData("$\"{Cons|}\"", "Console")]
    [InlineData("#!time\r\n#r \"nuget: Name, 1.2.3\"\r\nConsole.WriteL|", "WriteLine")]
    [InlineData("#!markdown\n# Title\n#!csharp\nConsole.WriteL|", "WriteLine")]
    [InlineData("#!ti|", "#!time")]
    public async Task What_is_most_likely_meant_stands_first(string code, string expected)
    {
        var names = await _draft.Names(code);
        Assert.Equal(expected, names[0]);
        Assert.Equal(names.Distinct(), names);
    }

    [Fact]
    public async Task Names_in_the_typed_case_stand_before_others_and_beginnings_before_humps()
    {
        await _notebook.Succeed("var TotalCups = 1; var totalCups = 2; var cupsTotal = 3;");
        Assert.Equal(["totalCups", "TotalCups", "cupsTotal"], (await _draft.Names("total|")).Take(3));
        Assert.Equal(["totalCups", "TotalCups"], (await _draft.Names("tcup|")).Take(2));
    }

    [Theory]
    [InlineData("var text = \"Con|")]
    [InlineData("var text = \"Con|\";")]
    [InlineData("var text = $\"Con|{1}\";")]
    [InlineData("var text = $\"{1}Con|\";")]
    [InlineData("var text = @\"\nCon|\n\";")]
    [InlineData("var text = \"\"\"\n    Con|\n    \"\"\";")]
    [InlineData("var time = DateTime.Now.ToString(\"HH|\");")]
    [InlineData("var letter = 'C|';")]
    [InlineData("// Con|")]
    [InlineData("/* Con| */")]
    [InlineData("#!markdown\nCon|")]
    [InlineData("#r \"Con|\"")]
    [InlineData("#r |")]
    public async Task Nothing_is_offered_where_no_name_can_stand(string code) => Assert.Empty(await _draft.Names(code));

    [Fact]
    public async Task A_name_is_replaced_as_a_whole()
    {
        var answer = await _draft.Complete("1 + Math.Sq|rt(2)");
        Assert.Equal((9, 13), (answer.Start, answer.End));
        Assert.Equal(new Completion("Sqrt", "method", "double Math.Sqrt(double d)"), answer.Items[0]);
    }

    [Fact]
    public async Task A_thousand_cells_do_not_make_an_answer_slow()
    {
        await _notebook.Succeed("1 + 1");
        var (few, many) = (await After(50), await After(1000));
        // A compiler left alone with a thousand scripts takes a hundred times as long.
        Assert.True(many < 10 * few, $"After 50 cells an answer took {few}, after 1,000 {many}.");

        async Task<TimeSpan> After(int cells)
        {
            var foundation = new Foundation(
                [.. Enumerable.Range(1, cells).Select(cell => new DeclaringCell($"var cup{cell} = {cell}; int Brew{cell}(int order) => order + cup{cell};\ncup{cell}",
                    cell == 1 ? _notebook.Chain.Foundation.References : []))],
                []);
            using var editor = new EditorServices(() => foundation, _notebook.Chain.Options);
            var took = new List<TimeSpan>();
            for (var question = 0; question < 6; question++)
            {
                var watch = Stopwatch.StartNew();
                var answer = await editor.CompleteAsync("cup", 3, TestContext.Current.CancellationToken);
                took.Add(watch.Elapsed);
                Assert.Equal(cells, answer.Items.Count);
            }

            // The first adds the cells.
            return took.Skip(1).Order().ElementAt(2);
        }
    }
}
