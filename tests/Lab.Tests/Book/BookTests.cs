using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Notebooks;
using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests.Book;

public sealed class BookTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private readonly TemporaryFolder _folder = new();

    public BookTests()
    {
        Add("01-first", [("markdown", "# First <one>\n\nIt *waits* well. It computes.\n\n## Same\n\n[on](02-second.ipynb#same) [off](09-none.ipynb) [web](https://example.org/)"),
            ("code", "// cup < 1\nvar x = await Task.FromResult(\"</script>\");"), ("markdown", "## Same\n\n```python\ndef f(): pass\n```")],
            Chart("</script><script>alert(1)</script>"), Claims(true), Claims(false));
        Add("02-second", [("markdown", "# Second"), ("code", "1")], Stream("<b>bold</b>\n"), Error());
        BookWriter.Write(_folder.Path, null);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_index_has_a_card_for_each_chapter_in_order()
    {
        var cards = Page("index.html").QuerySelectorAll(".card");

        Assert.Equal(["First <one>", "Second"], cards.Select(card => card.QuerySelector("h3")!.TextContent));
        Assert.Equal("It waits well.", cards[0].QuerySelector("p")!.TextContent);
        Assert.Equal("1 of 2 claims held", cards[0].QuerySelector(".verdict")!.TextContent);
        Assert.Equal(Convert.FromBase64String(Png), File.ReadAllBytes(_folder[cards[0].QuerySelector("img")!.GetAttribute("src")!]));
        Assert.Equal("A cell failed", cards[1].QuerySelector(".verdict")!.TextContent);
    }

    [Fact]
    public void A_chart_has_its_data_its_still_picture_and_its_words()
    {
        var chart = Page("01-first.html").QuerySelector("figure.chart")!;

        Assert.Equal("bar", JsonNode.Parse(chart.QuerySelector("script")!.TextContent)!["data"]![0]!["type"]!.ToString());
        Assert.Equal("data:image/png;base64," + Png, chart.QuerySelector("img")!.GetAttribute("src"));
        Assert.Equal("Four bars.", chart.QuerySelector("[role=img]")!.GetAttribute("aria-label"));
        Assert.Equal("Four bars.\nThe first is highest.", chart.QuerySelector(".words")!.TextContent);
        Assert.Equal("--height: 300px", chart.GetAttribute("style"));
    }

    [Fact]
    public void Nothing_that_a_cell_shows_can_run_as_a_script()
    {
        var page = Page("01-first.html");
        var policy = page.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content")!;
        var scripts = page.Scripts.Where(script => script.Type is null or "").ToArray();

        Assert.Equal("plotly.min.js", scripts[0].Source);
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(scripts[1].TextContent)))}'", policy, StringComparison.Ordinal);
        Assert.Equal(2, scripts.Length);
        Assert.StartsWith("default-src 'none'; script-src 'self' 'sha256-", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_loads_nothing_from_another_host()
    {
        foreach (var page in new[] { "index.html", "01-first.html", "02-second.html" })
        {
            var loaded = Page(page).QuerySelectorAll("[src], link[href], object[data]").Select(element => element.GetAttribute("src") ?? element.GetAttribute("href") ?? element.GetAttribute("data")!);
            Assert.All(loaded, address => Assert.True(address.StartsWith("data:", StringComparison.Ordinal) || File.Exists(_folder[address]), address));
        }
        Assert.DoesNotContain("url(", Page("01-first.html").QuerySelector("style")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_between_chapters_lead_to_pages_and_others_stay_what_they_are()
    {
        var page = Page("01-first.html");

        Assert.Equal(["02-second.html#same", "https://example.org/"], page.QuerySelectorAll(".text a").Select(link => link.GetAttribute("href")));
        Assert.Contains("off", page.QuerySelector(".text p:last-of-type")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("02-second.html", page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Null(page.QuerySelector("a[rel=prev]"));
        Assert.Equal("01-first.html", Page("02-second.html").QuerySelector("a[rel=prev]")!.GetAttribute("href"));
    }

    [Fact]
    public void Every_link_within_the_page_has_its_target_and_ids_are_unique()
    {
        var page = Page("01-first.html");
        var ids = page.QuerySelectorAll("[id]").Select(element => element.Id!).ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(["same", "same-2"], page.QuerySelectorAll(".contents a").Select(link => link.GetAttribute("href")![1..]));
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.Contains(link.GetAttribute("href")![1..], ids));
    }

    [Fact]
    public void Code_is_coloured_and_says_the_same_as_before()
    {
        var page = Page("01-first.html");
        var code = page.QuerySelector(".source code")!;

        Assert.Equal("// cup < 1\nvar x = await Task.FromResult(\"</script>\");", code.TextContent);
        Assert.Equal(["// cup < 1", "var", "await", "Task", "FromResult", "\"</script>\""], code.Children.Select(word => word.TextContent));
        Assert.Equal(["comment", "keyword", "keyword", "type", "method", "string"], code.Children.Select(word => word.ClassName));
        Assert.Contains(page.QuerySelectorAll(".text pre .keyword"), word => word.TextContent == "def");
    }

    [Fact]
    public void Console_text_is_text_and_an_error_shows_its_traceback()
    {
        var page = Page("02-second.html");

        Assert.Equal("<b>bold</b>\n", page.QuerySelector("pre.stdout")!.TextContent);
        Assert.Equal("line 1\nline 2", page.QuerySelector("pre.error")!.TextContent);
    }

    [Fact]
    public void Claims_are_a_table_whose_rows_are_the_sentences()
    {
        var page = Page("01-first.html");

        Assert.Equal(["verdict", "claim", "measured", "bound"], page.QuerySelector(".claims thead")!.QuerySelectorAll("th[scope=col]").Select(head => head.TextContent));
        Assert.Equal(["✔ holds", "✘ does not hold here"], page.QuerySelectorAll(".claims .answer").Select(answer => answer.TextContent));
        Assert.Equal(["a", "a (too <slow>)"], page.QuerySelectorAll(".claims th[scope=row]").Select(claim => claim.TextContent));
        Assert.Equal(["b", "b"], page.QuerySelectorAll(".claims .measured").Select(measured => measured.TextContent));
    }

    [Fact]
    public void The_index_says_what_it_is_and_where_to_start()
    {
        var page = Page("index.html");

        Assert.StartsWith("Threads, async or processes", page.QuerySelector(".cover p")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 chapters", page.QuerySelector(".cover p")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(("01-first.html", "Start with First <one>"), (page.QuerySelector(".start")!.GetAttribute("href"), page.QuerySelector(".start")!.TextContent));
        Assert.Contains("1 of 2 claims held.", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_book_drops_pages_of_chapters_that_are_gone_and_keeps_what_is_not_its_own()
    {
        _folder.Write("mine.ipynb", NotebookText.OfCode("1"));

        BookWriter.Write(_folder.Path, [Notebook.Read(_folder["02-second.ipynb"])]);

        Assert.Equal(["02-second.html", "02-second.ipynb", "index.html", "mine.ipynb", "plotly.min.js", "plotly.min.js.LICENSE.txt"], _folder.Files);
    }

    private IHtmlDocument Page(string name) => new HtmlParser().ParseDocument(File.ReadAllText(_folder[name]));

    private void Add(string name, (string Kind, string Source)[] cells, params JsonObject[] outputs)
    {
        var notebook = Notebook.Read(_folder.Write(name + ".ipynb", NotebookText.Of(cells)));
        notebook.CodeCells.First().SetOutputs(outputs, 1);
        SavedRun.Now(notebook).WriteTo(notebook);
        File.WriteAllText(notebook.Path, notebook.ToJson());
    }

    private static JsonObject Chart(string name) => Bundle(new JsonObject
    {
        ["application/vnd.plotly.v1+json"] = new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject { ["type"] = "bar", ["name"] = name }),
            ["layout"] = new JsonObject { ["height"] = 300 },
        },
        ["image/png"] = Png,
        ["text/plain"] = "Four bars.\nThe first is highest.",
    });

    private static JsonObject Claims(bool holds) => Bundle(new JsonObject
    {
        ["application/vnd.concurrencylab.claims+json"] = new JsonObject
        {
            ["claims"] = new JsonArray(new JsonObject { ["text"] = "a", ["measured"] = "b", ["bound"] = "c", ["holds"] = holds, ["reason"] = holds ? null : "too <slow>" }),
        },
        ["text/html"] = "<table><tr><td>cell</td></tr></table>",
    });

    private static JsonObject Bundle(JsonObject data) => new() { ["output_type"] = "display_data", ["data"] = data, ["metadata"] = new JsonObject() };

    private static JsonObject Stream(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Error() => new()
    {
        ["output_type"] = "error",
        ["ename"] = "E",
        ["evalue"] = "message",
        ["traceback"] = new JsonArray("line 1", "line 2"),
    };
}
