using System.Globalization;
using ConcurrencyLab.Tests.Support;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests;

/// <summary>
/// How heavy the heaviest chapter page is and how soon it can be used; the aim is 1.5 s on a quiet machine. Shown by
/// <c>dotnet test --project tests/Browser.Tests -e CONCURRENCYLAB_TESTS=all -- --filter-class "*WeightTests" --show-live-output on</c>.
/// </summary>
public sealed class WeightTests(Book book, ITestOutputHelper output)
{
    private const int Times = 5;
    private const int MostBytes = 6_000_000;

    [AllTierFact]
    public async Task The_heaviest_page_is_light()
    {
        await book.QuietAsync();
        var heaviest = Book.ChapterNames.MaxBy(name => book.FileOf(name + ".html").Length)!;
        var screen = new List<double>();
        var loaded = new HashSet<string>(StringComparer.Ordinal);
        for (var time = 0; time < Times; time++) screen.Add((await ReadyAsync(heaviest, 900, loaded)).Milliseconds);
        // A window as high as the page draws all its charts at once; no screen is.
        var whole = await ReadyAsync(heaviest, 40_000, loaded);
        var bytes = loaded.Select(address => new Uri(address)).Where(address => address.IsFile).Sum(address => new FileInfo(address.LocalPath).Length);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{heaviest}: {bytes / 1e6:0.00} MB with all it loads, {book.FileOf(heaviest + ".html").Length / 1e6:0.00} MB of it the page; ready in {Median(screen):0} ms (median of {Times}), all {whole.Charts} charts drawn at once in {whole.Milliseconds:0} ms"));
        Assert.InRange(bytes, 1_000_000, MostBytes);
    }

    private async Task<Ready> ReadyAsync(string page, int height, HashSet<string> loaded)
    {
        await using var window = await book.WindowAsync();
        window.Request += (_, request) => loaded.Add(request.Url);
        var opened = await window.NewPageAsync();
        await opened.SetViewportSizeAsync(Book.Desk, height);
        await opened.GotoAsync(book.Address(page), new() { WaitUntil = WaitUntilState.Commit });
        await opened.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        return System.Text.Json.JsonSerializer.Deserialize<Ready>(
            await opened.EvaluateAsync<string>($"async () => JSON.stringify(await ({OpenPage.Script("interactive.js")})())"), System.Text.Json.JsonSerializerOptions.Web)!;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Ready(double Milliseconds, int Charts);
}
