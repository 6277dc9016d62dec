using System.Text.Json;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests.Support;

/// <summary>A page of the book in the browser, with a list of everything that went wrong on it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private static readonly string[] OwnSchemes = ["file", "data", "blob"];
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly IBrowserContext _window;

    private OpenPage(IBrowserContext window, IPage page)
    {
        _window = window;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Faults.Add($"console {message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Faults.Add($"page error: {error}");
        page.RequestFailed += (_, request) => Faults.Add($"failed request: {Short(request.Url)}: {request.Failure}");
        // The window's, not the page's: what a worker asks for counts too.
        window.Request += (_, request) =>
        {
            Requests.Add(request.Url);
            if (!OwnSchemes.Contains(new Uri(request.Url).Scheme)) Faults.Add($"request to elsewhere: {Short(request.Url)}");
        };
    }

    public IPage Page { get; }

    public List<string> Faults { get; } = [];

    public List<string> Requests { get; } = [];

    public static async Task<OpenPage> OpenAsync(IBrowserContext window, string address, bool scripts)
    {
        var opened = new OpenPage(window, await window.NewPageAsync());
        await opened.Page.GotoAsync(address);
        if (scripts) await opened.DrawAllAsync();
        return opened;
    }

    /// <summary>Scrolls to every chart as a person would and waits until all are drawn.</summary>
    public Task DrawAllAsync() => Page.EvaluateAsync(Script("draw-all.js"));

    /// <summary>What all charts of the page show at this moment.</summary>
    public async Task<ChartSeen[]> ChartsAsync() => await ReadAsync<ChartSeen[]>("charts.js");

    /// <summary>The value of a script of the folder Scripts.</summary>
    public async Task<T> ReadAsync<T>(string script) =>
        JsonSerializer.Deserialize<T>(await Page.EvaluateAsync<string>($"async () => JSON.stringify(await ({Script(script)})())"), Json)!;

    public ValueTask DisposeAsync() => _window.DisposeAsync();

    private static string Short(string url) => url.Length > 120 ? url[..120] + "…" : url;

    public static string Script(string name)
    {
        using var resource = typeof(OpenPage).Assembly.GetManifestResourceStream($"scripts/{name}")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().Trim();
    }
}
