using ConcurrencyLab.Tests.Support;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests;

/// <summary>What people do with a page: point at a chart, zoom it, walk by keyboard, print, read without scripts.</summary>
public sealed class ReadingTests(Book book)
{
    private const string Range = "() => document.querySelector('.drawing')._fullLayout.xaxis.range.map(Number)";

    private static readonly string First = Book.ChapterNames[0];

    [Fact]
    public async Task Pointing_at_a_bar_shows_its_figure()
    {
        await using var opened = await book.OpenAsync(First);
        var chart = (await opened.ChartsAsync())[0];
        var bar = opened.Page.Locator(".drawing .barlayer .point").First;
        await bar.ScrollIntoViewIfNeededAsync();
        var box = (await bar.BoundingBoxAsync())!;
        await opened.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2, new() { Steps = 3 });
        var label = opened.Page.Locator(".drawing .hoverlayer .hovertext");
        await label.WaitForAsync();

        Assert.Equal(chart.Data[0]!["text"]![0]!.ToString(), string.Concat(await label.AllTextContentsAsync()));
    }

    [Fact]
    public async Task Dragging_zooms_and_a_double_click_brings_all_back()
    {
        await using var opened = await book.OpenAsync(First);
        var page = opened.Page;
        var place = page.Locator(".drawing .nsewdrag").First;
        await place.ScrollIntoViewIfNeededAsync();
        var before = await page.EvaluateAsync<double[]>(Range);
        var box = (await place.BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(box.X + box.Width * 0.25f, box.Y + 10);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + box.Width * 0.75f, box.Y + box.Height - 10, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await WaitForRangeAsync(page, range => range[1] < before[1] * 0.9 && range[0] > before[0]);

        await page.Mouse.DblClickAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        await WaitForRangeAsync(page, range => Math.Abs(range[1] - before[1]) < 1e-6 && Math.Abs(range[0] - before[0]) < 1e-6);
    }

    [Theory]
    [InlineData("index")]
    [InlineData("00-start-here")]
    public async Task The_keyboard_reaches_everything_and_shows_where_it_is(string name)
    {
        await using var opened = await book.OpenAsync(name);
        var page = opened.Page;
        var reached = new List<string>();
        var links = await page.Locator("a[href], summary, [tabindex='0']").CountAsync();
        for (var step = 0; step < links; step++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focus = await page.EvaluateAsync<string[]>("""
                () => {
                  const at = document.activeElement;
                  const ring = [getComputedStyle(at), getComputedStyle(at, "::after")].some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
                  const box = at.getBoundingClientRect();
                  const seen = box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight;
                  const again = "reached" in at.dataset;
                  at.dataset.reached = "yes";
                  return [at.getAttribute("href") ?? at.getAttribute("aria-label") ?? at.tagName, String(ring), String(seen), String(again)];
                }
                """);
            Assert.True(focus[1] == "true" && focus[2] == "true", $"the focus on {focus[0]} (step {step + 1}) cannot be seen: ring {focus[1]}, in view {focus[2]}");
            Assert.True(focus[3] == "false", $"{focus[0]} (step {step + 1}) is reached twice");
            reached.Add(focus[0]);
        }

        Assert.Equal("#main", reached[0]);
        if (name == "index") Assert.All(Book.ChapterNames, chapter => Assert.Contains(chapter + ".html", reached));
        else Assert.Contains(Book.ChapterNames[1] + ".html", reached);
    }

    [Fact]
    public async Task A_title_takes_the_width_of_the_screen_and_breaks_anew_with_it()
    {
        const string Lines = "() => [...document.querySelectorAll('.drawing')].map(drawing => drawing._fullLayout.title.text.split('<br>').length)";
        await using var opened = await book.OpenAsync(First);
        var atDesk = await opened.Page.EvaluateAsync<int[]>(Lines);
        await opened.Page.SetViewportSizeAsync(Book.Phone, 844);
        await opened.DrawAllAsync();
        var onPhone = await opened.Page.EvaluateAsync<int[]>(Lines);
        await opened.Page.SetViewportSizeAsync(Book.Desk, 900);
        await opened.DrawAllAsync();

        // A title and the line below it.
        Assert.All(atDesk, lines => Assert.Equal(2, lines));
        Assert.True(onPhone.Max() > 2, "no title breaks on a phone");
        Assert.Equal(atDesk, await opened.Page.EvaluateAsync<int[]>(Lines));
    }

    [AllTierFact]
    public async Task The_skip_link_and_the_contents_lead_to_their_places()
    {
        await using var opened = await book.OpenAsync(First);
        var page = opened.Page;
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)"));

        var places = page.Locator(".contents a");
        for (var index = 0; index < await places.CountAsync(); index++)
        {
            var target = await places.Nth(index).GetAttributeAsync("href");
            await places.Nth(index).ClickAsync();
            await Assertions.Expect(page.Locator(target!)).ToBeInViewportAsync(new() { Timeout = Book.Timeout });
        }
    }

    [AllTierFact]
    public async Task Next_leads_through_all_chapters_and_previous_back()
    {
        await using var window = await book.WindowAsync(scripts: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(book.Address("index"));
        // A click does not wait for the page that it leads to.
        async Task FollowAsync(string link, string name)
        {
            await page.Locator(link).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(book.Address(name), new() { Timeout = Book.Timeout });
            await page.WaitForLoadStateAsync();
        }
        await FollowAsync(".start", Book.ChapterNames[0]);
        foreach (var name in Book.ChapterNames.Skip(1)) await FollowAsync("a[rel=next]", name);
        Assert.Equal(0, await page.Locator("a[rel=next]").CountAsync());
        foreach (var name in Book.ChapterNames.Reverse().Skip(1)) await FollowAsync("a[rel=prev]", name);
        Assert.Equal(0, await page.Locator("a[rel=prev]").CountAsync());
    }

    [AllTierFact]
    public async Task Paper_carries_the_still_pictures_and_no_navigation()
    {
        await using var opened = await book.OpenAsync(First, scheme: ColorScheme.Dark);
        var page = opened.Page;
        var charts = await page.Locator("figure.chart").CountAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var still in await page.Locator("figure.chart .still").AllAsync()) Assert.True(await still.IsVisibleAsync());
        foreach (var hidden in await page.Locator("nav, .skip, .drawing, .home").AllAsync()) Assert.False(await hidden.IsVisibleAsync());
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor"));

        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4" }));
        Assert.True(Count(pdf, "/Type /Page\n") > 1, "the print has one page or none");
        Assert.True(Count(pdf, "/Subtype /Image") >= charts, "the print lacks a chart");
    }

    [AllTierFact]
    public async Task What_has_not_happened_yet_is_covered_with_the_pages_own_paper()
    {
        // The first chart with a slider; the others are made alike.
        const string Veil = "() => document.querySelector('.drawing')._fullLayout.shapes.map(shape => shape.fillcolor)";
        var chapter = Book.ChapterNames.Single(name => name.StartsWith("12", StringComparison.Ordinal));
        await using var light = await book.OpenAsync(chapter);
        await using var dark = await book.OpenAsync(chapter, scheme: ColorScheme.Dark);
        var (day, night) = (light.Page, dark.Page);

        Assert.Equal(["rgba(255,255,255,0.9)"], await day.EvaluateAsync<string[]>(Veil));
        Assert.Equal([await night.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--raised').trim()")],
            await night.EvaluateAsync<string[]>(Veil));
    }

    [Fact]
    public async Task Without_scripts_every_chart_is_a_still_picture()
    {
        foreach (var chapter in Book.Visited)
        {
            await using var opened = await book.OpenAsync(chapter, scripts: false);
            var stills = await opened.Page.Locator("figure.chart .still").AllAsync();
            Assert.Equal(await opened.Page.Locator("figure.chart").CountAsync(), stills.Count);
            foreach (var still in stills) Assert.True(await still.BoundingBoxAsync() is { Width: > 250, Height: > 80 });
            Assert.Equal(0, await opened.Page.Locator(".drawing:visible").CountAsync());
        }
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static async Task WaitForRangeAsync(IPage page, Func<double[], bool> holds)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        double[] range;
        while (!holds(range = await page.EvaluateAsync<double[]>(Range)))
            Assert.True(clock.Elapsed.TotalMilliseconds < Book.Timeout, $"the axis stays at {string.Join(" to ", range)}");
    }
}
