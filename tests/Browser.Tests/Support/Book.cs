using ConcurrencyLab.Lab.Book;
using ConcurrencyLab.Lab.Doctor;
using ConcurrencyLab.Lab.Files;
using ConcurrencyLab.Lab.Notebooks;
using Microsoft.Playwright;

// Load times are measured too.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.Support.Book))]

namespace ConcurrencyLab.Tests.Support;

/// <summary>The book of the committed notebooks' saved outputs in a temporary folder, and a browser that opens it as its reader does.</summary>
public sealed class Book : IAsyncLifetime
{
    /// <summary>The width of a desk's window, in CSS pixels.</summary>
    public const int Desk = 1280;

    /// <summary>The width of a phone, in CSS pixels.</summary>
    public const int Phone = 390;

    /// <summary>In milliseconds: a machine that is busy with everything else shows a page of a megabyte late.</summary>
    public const float Timeout = 60_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-browser-").FullName;
    private readonly Lazy<Dictionary<string, Task<Visit>>> _visits;
    private readonly string? _program = ToolChecks.FindBrowser();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The names of the chapters to visit, for theories.</summary>
    public static TheoryData<string> Chapters => [.. Visited];

    /// <summary>The index and the chapters to visit, for theories.</summary>
    public static TheoryData<string> Pages => ["index", .. Visited];

    internal static IReadOnlyList<string> ChapterNames { get; } =
        [.. Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>A visit draws all charts of a page three times, which takes seconds. The first chapter has a table beside a chart.</summary>
    internal static IReadOnlyList<string> Visited { get; } = [.. Tier.Of(ChapterNames, ChapterNames[0])];

    /// <summary>The notebook that a page was made of.</summary>
    internal static Notebook Source(string chapter) => Notebook.Read(Path.Combine(Paths.Notebooks, chapter + ".ipynb"));

    public Book() => _visits = new(VisitAll);

    public async ValueTask InitializeAsync()
    {
        if (_program is null) return;
        foreach (var chapter in ChapterNames) File.Copy(Source(chapter).Path, Path.Combine(_folder, chapter + ".ipynb"));
        BookWriter.Write(_folder, null);
        _playwright = await Playwright.CreateAsync();
        // What a graphics card would do is done by the processor in these tests; without the detour it is a tenth faster.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = _program, Args = ["--disable-gpu"] });
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
        Tier.Needs(_program is not null, ToolChecks.BrowserMissing);
        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            JavaScriptEnabled = scripts,
            IsMobile = width < 600,
            HasTouch = width < 600,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Timeout);
        return context;
    }

    /// <summary>Opens a page in a window of its own and draws all its charts.</summary>
    internal async Task<OpenPage> OpenAsync(string page, int width = Desk, ColorScheme scheme = ColorScheme.Light, bool scripts = true) =>
        await OpenPage.OpenAsync(await WindowAsync(width, scheme, scripts), Address(page), scripts);

    /// <summary>What one visit saw of a page; each page is visited once for all tests.</summary>
    internal Task<Visit> VisitAsync(string page) => _visits.Value[page];

    /// <summary>Waits until no page is being visited: for who measures.</summary>
    internal async Task QuietAsync()
    {
        if (_visits.IsValueCreated) await Task.WhenAll(_visits.Value.Values.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // All at once, as many at a time as there are cores: a page draws on one.
    private Dictionary<string, Task<Visit>> VisitAll()
    {
        var places = new SemaphoreSlim(Environment.ProcessorCount);
        async Task<Visit> InTurn(string page)
        {
            await places.WaitAsync();
            try
            {
                return await Visit.OfAsync(this, page);
            }
            finally
            {
                places.Release();
            }
        }

        return ((string[])["index", .. Visited]).ToDictionary(page => page, InTurn, StringComparer.Ordinal);
    }
}
