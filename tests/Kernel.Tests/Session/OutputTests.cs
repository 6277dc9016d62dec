using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Tests.Session;

public sealed class OutputTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task Console_and_displays_come_in_the_order_in_which_they_happened()
    {
        var cell = await _notebook.Succeed("Console.Write(\"a\"); Console.WriteLine(1); Console.Error.Write(\"e\"); display(2); Console.Write('b'); 3.Display(); 4");
        Assert.Equal(
            ["out a1\n", "err e", "2", "out b", "3", "4"],
            Joined(cell.Outputs).Select(output => output switch
            {
                StreamOutput text => (text.IsError ? "err " : "out ") + text.Text,
                DisplayOutput shown => (string?)shown.Data["text/plain"] ?? "",
                _ => output.ToString(),
            }));
    }

    [Fact]
    public async Task Output_arrives_while_the_cell_runs()
    {
        // The cell ends only after its first line has been seen: were it held back, this would never end.
        await _notebook.Succeed("var go = new System.Threading.ManualResetEventSlim(); AppDomain.CurrentDomain.SetData(\"go\", go);");
        var seen = (ManualResetEventSlim)AppDomain.CurrentDomain.GetData("go")!;
        var cell = await _notebook.Run("Console.WriteLine(\"first\"); go.Wait(60_000); Console.WriteLine(\"second\");", _ => seen.Set(), interrupt: TestContext.Current.CancellationToken);
        Assert.Equal("first\nsecond\n", cell.StandardOutput);
    }

    [Fact]
    public async Task The_first_line_waits_for_those_that_soon_follow()
    {
        // Most of many: on a busy machine 5 ms may be any time.
        var together = 0;
        for (var attempt = 0; attempt < 21; attempt++)
        {
            using var delivery = new OutputDelivery();
            var shown = new System.Collections.Concurrent.ConcurrentQueue<CellOutput>();
            var outputs = new CellOutputs(shown.Enqueue, delivery);
            outputs.Write("first\n", isError: false);
            Thread.Sleep(5);
            outputs.Write("second\n", isError: false);
            await Until.True(() => string.Concat(shown.OfType<StreamOutput>().Select(text => text.Text)) == "first\nsecond\n", "both lines");
            if (shown.Count == 1) together++;
        }

        Assert.InRange(together, 11, 21);
    }

    [Fact]
    public async Task Output_of_a_thread_goes_to_the_cell_that_started_it()
    {
        var first = await _notebook.Succeed(
            "var go = new System.Threading.ManualResetEventSlim(); var late = Task.Run(() => { go.Wait(); Console.WriteLine(\"late\"); });" +
            "var thread = new System.Threading.Thread(() => { go.Wait(); Console.WriteLine(\"thread\"); }); thread.Start();");
        var second = await _notebook.Succeed("go.Set(); await late; thread.Join(); Console.WriteLine(\"second\");");
        await _notebook.Succeed("await Task.Delay(1);");
        Assert.Equal("second\n", second.StandardOutput);
        await Until.True(() => first.StandardOutput.Contains("late\n", StringComparison.Ordinal) && first.StandardOutput.Contains("thread\n", StringComparison.Ordinal), "the late output");
    }

    [Fact]
    public async Task Two_sessions_in_one_process_do_not_mix_their_output()
    {
        await using var other = new TestNotebook();
        var cells = await Task.WhenAll(
            _notebook.Succeed("for (var i = 0; i < 500; i++) Console.WriteLine(\"mine\");"),
            other.Succeed("for (var i = 0; i < 500; i++) Console.WriteLine(\"other\");"));
        Assert.Equal(string.Concat(Enumerable.Repeat("mine\n", 500)), cells[0].StandardOutput);
        Assert.Equal(string.Concat(Enumerable.Repeat("other\n", 500)), cells[1].StandardOutput);
    }

    [Fact]
    public async Task An_update_keeps_the_display_id_and_is_said_by_the_cell_that_makes_it()
    {
        var first = await _notebook.Succeed("var shown = display(\"one\"); Console.WriteLine(); shown.Update(\"two\");");
        // nbconvert listens to no earlier cell.
        var later = await _notebook.Succeed("shown.Update(\"three\");");
        var displays = first.Outputs.Concat(later.Outputs).OfType<DisplayOutput>().ToList();
        Assert.NotNull(displays[0].DisplayId);
        Assert.Single(displays.Select(output => output.DisplayId).Distinct());
        Assert.Equal([(false, "one"), (true, "two"), (true, "three")], displays.Select(output => (output.IsUpdate, (string?)output.Data["text/plain"])));
    }

    [Fact]
    public async Task Html_objects_and_tables_show_as_in_dotnet_interactive()
    {
        Assert.Equal("<b>hi</b>", (string?)(await _notebook.Succeed("HTML(\"<b>hi</b>\")")).Value.Data["text/html"]);
        var list = (await _notebook.Succeed("record Cup(int Size, string Name);\nnew[] { new Cup(1, \"small\"), new Cup(2, \"large\") }")).Value.Data;
        Assert.Contains("<table>", (string?)list["text/html"], StringComparison.Ordinal);
        Assert.Contains("small", (string?)list["text/html"], StringComparison.Ordinal);
        Assert.Contains("small", (string?)list["text/plain"], StringComparison.Ordinal);
        Assert.Equal(["text/plain"], (await _notebook.Succeed("\"text\"")).Value.Data.Select(type => type.Key));
    }

    [Theory]
    [InlineData("1+1", "2")]
    [InlineData("(byte)200", "200")]
    [InlineData("1234567.5", "1234567.5")]
    [InlineData("1e20", "1E+20")]
    [InlineData("1f/3", "0.33333334")]
    [InlineData("3.50m", "3.50")]
    [InlineData("-0.0", "-0")]
    [InlineData("double.NaN", "NaN")]
    [InlineData("true", "True")]
    [InlineData("'<'", "<")]
    [InlineData("\"a<b\"", "a<b")]
    public async Task Plain_values_show_as_themselves(string code, string text)
    {
        var shown = (await _notebook.Succeed(code)).Value.Data;
        Assert.Equal(["text/plain"], shown.Select(type => type.Key));
        Assert.Equal(text, (string?)shown["text/plain"]);
    }

    [Fact]
    public async Task Plain_values_show_as_the_user_wants_them()
    {
        // Formatters belong to the process: types that no other test shows.
        await _notebook.Succeed("Formatter.Register<ushort>(number => $\"<b>{number}</b>\", \"text/html\");");
        Assert.Equal("<b>7</b>", (string?)(await _notebook.Succeed("(ushort)7")).Value.Data["text/html"]);
        await _notebook.Succeed("Formatter.SetPreferredMimeTypesFor(typeof(sbyte), \"application/json\");");
        Assert.Equal(7, (int?)(await _notebook.Succeed("(sbyte)7")).Value.Data["application/json"]);
    }

    [Fact]
    public async Task Display_takes_mime_types_and_text_as_it_is()
    {
        var cell = await _notebook.Succeed("1.Display(\"text/plain\"); \"# T\".DisplayAs(\"text/markdown\"); \"{\\\"a\\\":[1]}\".DisplayAs(\"application/vnd.x+json\");");
        var shown = cell.Outputs.OfType<DisplayOutput>().Select(output => output.Data).ToList();
        Assert.Equal("""{"text/plain":"1"}""", shown[0].ToJsonString());
        Assert.Equal("# T", (string?)shown[1]["text/markdown"]);
        Assert.Equal(1, (int?)shown[2]["application/vnd.x+json"]!["a"]![0]);
    }

    [Fact]
    public async Task A_type_with_a_formatter_source_by_convention_shows_its_whole_bundle()
    {
        var cell = await _notebook.Succeed("""
            using System.IO;
            [AttributeUsage(AttributeTargets.Class)]
            class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type type) => FormatterSourceType = type;
                public Type FormatterSourceType { get; }
                public string[] PreferredMimeTypes { get; set; }
            }
            class Part
            {
                public string MimeType { get; init; }
                public string Text { get; init; }
                public Type Type => typeof(PlotlyChart);
                public bool Format(object value, TextWriter writer) { writer.Write(Text); return true; }
            }
            class Source
            {
                public IEnumerable<object> CreateTypeFormatters() => new object[]
                {
                    new Part { MimeType = "application/vnd.plotly.v1+json", Text = "{\"data\":[1]}" },
                    new Part { MimeType = "image/png", Text = "iVBORw0KGgo=" },
                    new Part { MimeType = "text/plain", Text = "a chart" },
                };
            }
            [TypeFormatterSource(typeof(Source), PreferredMimeTypes = new[] { "application/vnd.plotly.v1+json", "image/png", "text/plain" })]
            class PlotlyChart { }
            new PlotlyChart()
            """);
        Assert.Equal(["application/vnd.plotly.v1+json", "image/png", "text/plain"], cell.Value.Data.Select(type => type.Key));
        Assert.IsType<JsonObject>(cell.Value.Data["application/vnd.plotly.v1+json"]);
        Assert.Equal("iVBORw0KGgo=", (string?)cell.Value.Data["image/png"]);
    }

    [Fact]
    public async Task A_flood_is_cut_with_a_note_and_the_session_lives_on()
    {
        var cell = await _notebook.Succeed("for (var i = 0; i < 1_000_000; i++) Console.WriteLine(i); for (var i = 0; i < 1_004; i++) display(i);");
        Assert.Equal(1_000_000, cell.StandardOutput.Length);
        Assert.Contains("5,888,890 more characters", cell.StandardError, StringComparison.Ordinal);
        Assert.Contains("4 more values", cell.StandardError, StringComparison.Ordinal);
        Assert.Equal(1_000, cell.Outputs.OfType<DisplayOutput>().Count());
        Assert.Equal("2", (await _notebook.Succeed("1 + 1")).PlainValue);
    }

    [Theory]
    [InlineData("new string('x', 3_000_000)")]
    [InlineData("\"x\".PadLeft(3_000_000, 'x').DisplayAs(\"text/plain\");")]
    [InlineData("display(new string('x', 10)).Update(new string('x', 3_000_000));")]
    public async Task A_value_is_cut_as_printed_text_is(string code)
    {
        var text = (string?)(await _notebook.Succeed(code)).Outputs.OfType<DisplayOutput>().Last().Data["text/plain"];
        Assert.Equal(new string('x', 1_000_000) + "\n[output cut: 2,000,000 more characters were displayed; the first 1,000,000 are shown]", text);
    }

    [Fact]
    public async Task Markup_that_no_page_could_show_is_left_out_and_says_so()
    {
        var data = (await _notebook.Succeed("new string('x', 3_000_000).DisplayAs(\"text/html\");")).Outputs.OfType<DisplayOutput>().Single().Data;
        Assert.Equal("""{"text/plain":"[output cut: 3,000,000 characters of text/html, more than a page can show]"}""", data.ToJsonString());
    }

    [Fact]
    public async Task Clear_output_reaches_the_front_end_in_order()
    {
        var cell = await _notebook.Succeed("Console.Write(\"a\"); ClearOutput(wait: true); Console.Write(\"b\");");
        Assert.Equal([new StreamOutput(false, "a"), new ClearOutput(true), new StreamOutput(false, "b")], Joined(cell.Outputs));
    }

    [Fact]
    public async Task Input_is_asked_of_the_front_end()
    {
        List<InputRequest> asked = [];
        await using var notebook = new TestNotebook(options => options with
        {
            ReadInput = (request, _) =>
            {
                asked.Add(request);
                return Task.FromResult("answer" + asked.Count);
            },
        });
        var cell = await notebook.Succeed("Console.ReadLine() + input(\"Name?\") + password(\"Secret?\")");
        Assert.Equal("answer1answer2answer3", cell.PlainValue);
        Assert.Equal([new("", false), new("Name?", false), new("Secret?", true)], asked);
    }

    /// <summary>VS Code asks in a box far from the output: without a prompt nobody knows what for.</summary>
    [Theory]
    [InlineData("Console.Write(\"Name? \"); Console.ReadLine();", "Name? ")]
    [InlineData("Console.WriteLine(\"Welcome\"); Console.Write(\"Na\"); Console.Write(\"me? \"); Console.ReadLine();", "Name? ")]
    [InlineData("Console.Write(\"working 99 %\\rName? \"); Console.ReadLine();", "Name? ")]
    [InlineData("Console.Error.Write(\"Name? \"); Console.In.ReadLine();", "Name? ")]
    [InlineData("Console.WriteLine(\"Name?\"); Console.ReadLine();", "")]
    [InlineData("Console.Write(\"First? \"); Console.ReadLine(); Console.ReadLine();", "First? ", "")]
    [InlineData("Console.Write(\"First? \"); Console.ReadLine(); Console.Write(\"Second? \"); Console.ReadLine();", "First? ", "Second? ")]
    [InlineData("Console.Write(\"a\"); input(\"Name? \");", "Name? ")]
    public async Task The_line_that_a_cell_has_not_ended_is_the_prompt(string code, params string[] prompts)
    {
        List<string> asked = [];
        await using var notebook = new TestNotebook(options => options with
        {
            ReadInput = (request, _) =>
            {
                asked.Add(request.Prompt);
                return Task.FromResult("answer");
            },
        });

        await notebook.Succeed(code);

        Assert.Equal(prompts, asked);
    }

    [Fact]
    public async Task Input_in_a_notebook_that_runs_unattended_fails_with_a_reason() =>
        Assert.Contains("runs unattended", (await _notebook.Fail("var name = Console.ReadLine();")).Message, StringComparison.Ordinal);

    /// <summary>Text may be delivered in pieces of any size; only its order is promised.</summary>
    private static List<CellOutput> Joined(IEnumerable<CellOutput> outputs)
    {
        List<CellOutput> joined = [];
        foreach (var output in outputs)
        {
            if (output is StreamOutput next && joined.Count > 0 && joined[^1] is StreamOutput last && last.IsError == next.IsError)
                joined[^1] = last with { Text = last.Text + next.Text };
            else joined.Add(output);
        }

        return joined;
    }

    [Theory]
    [InlineData("var list = new List<object>(); list.Add(list); list", "List<System.Object>")]
    [InlineData("var list = new List<object>(); list.Add(list); list.Add(list); new[] { list }", "[]")]
    [InlineData("new Loop()", "Loop")]
    [InlineData("new[] { new Basket() }", "Basket[]")]
    [InlineData("new Many()", "Many")]
    public async Task A_value_that_contains_itself_is_told_and_ends_nothing(string source, string type)
    {
        await _notebook.Succeed("""
            class Loop : System.Collections.IEnumerable { public System.Collections.IEnumerator GetEnumerator() { yield return this; } }
            class Basket { public Loop Cups { get; } = new(); }
            class Many : IEnumerable<Many>
            {
                public IEnumerator<Many> GetEnumerator() { yield return new(); yield return new(); }
                System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
            }
            """);
        Assert.EndsWith(type + ": contains itself, or is nested too deeply to be shown", (await _notebook.Succeed(source)).PlainValue, StringComparison.Ordinal);
        Assert.Equal("2", (await _notebook.Succeed("1 + 1")).PlainValue);
    }
}
