using System.Collections.Concurrent;
using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using Microsoft.Playwright;

// One browser, one page at a time: load times are measured too.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Support.Book))]

namespace ConcurrencyLab.Tests.Support;

/// <summary>The book of the committed notebooks' saved outputs in a temporary folder, and a browser that opens it as a reader does.</summary>
public sealed class Book : IAsyncLifetime
{
    /// <summary>The width of a desk's window, in CSS pixels.</summary>
    public const int Desk = 1280;

    /// <summary>The width of a phone, in CSS pixels.</summary>
    public const int Phone = 390;

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-browser-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<Visit>>> _visits = new(StringComparer.Ordinal);
    private readonly string? _program = InstalledBrowser.Find();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The chapters' names in their order, for theories.</summary>
    public static TheoryData<string> Chapters => [.. ChapterNames];

    /// <summary>The index and all chapters, for theories.</summary>
    public static TheoryData<string> Pages => ["index", .. ChapterNames];

    internal static IReadOnlyList<string> ChapterNames { get; } =
        [.. Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>The notebook that a page was made of.</summary>
    internal static Notebook Source(string chapter) => Notebook.Read(Path.Combine(Paths.Notebooks, chapter + ".ipynb"));

    public async ValueTask InitializeAsync()
    {
        if (_program is null) return;
        foreach (var chapter in ChapterNames) File.Copy(Source(chapter).Path, Path.Combine(_folder, chapter + ".ipynb"));
        BookWriter.Write(_folder, null);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = _program });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The address of a page.</summary>
    public string Address(string page) => new Uri(Path.Combine(_folder, page + ".html")).AbsoluteUri;

    /// <summary>A file of the book.</summary>
    public FileInfo FileOf(string name) => new(Path.Combine(_folder, name));

    /// <summary>A browser window of its own, with nothing remembered.</summary>
    public async Task<IBrowserContext> WindowAsync(int width = Desk, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        if (_program is null && Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) Assert.Fail(InstalledBrowser.Missing);
        Assert.SkipWhen(_program is null, InstalledBrowser.Missing);
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            IsMobile = width < 600,
            HasTouch = width < 600,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(20_000);
        return context;
    }

    /// <summary>Opens a page in a window of its own and draws all its charts.</summary>
    internal async Task<OpenPage> OpenAsync(string page, int width = Desk, ColorScheme scheme = ColorScheme.Light, bool scripts = true) =>
        await OpenPage.OpenAsync(await WindowAsync(width, scheme, scripts), Address(page), scripts);

    /// <summary>What one visit saw of a page; each page is visited once for all tests.</summary>
    internal Task<Visit> VisitAsync(string page) => _visits.GetOrAdd(page, name => new Lazy<Task<Visit>>(() => Visit.OfAsync(this, name))).Value;
}
