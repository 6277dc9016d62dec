using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests.Support;

/// <summary>What was seen of a page in light, in dark and on a phone.</summary>
/// <param name="Faults">What went wrong while it was open.</param>
/// <param name="AtDesk">Its charts in light.</param>
/// <param name="InDark">Its charts after the system turned dark.</param>
/// <param name="OnPhone">Its charts in dark on a phone.</param>
/// <param name="ViolationsInLight">What axe found.</param>
/// <param name="ViolationsInDark">What axe found of contrast.</param>
/// <param name="PhoneWidth">How wide the page is on a phone, in CSS pixels.</param>
/// <param name="Tables">Its tables.</param>
internal sealed record Visit(IReadOnlyList<string> Faults, ChartSeen[] AtDesk, ChartSeen[] InDark, ChartSeen[] OnPhone,
    IReadOnlyList<string> ViolationsInLight, IReadOnlyList<string> ViolationsInDark, double PhoneWidth, TableSeen[] Tables)
{
    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();
    private static readonly object AllRules = new { runOnly = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" } };
    private static readonly object Contrast = new { runOnly = new[] { "color-contrast" } };

    public static async Task<Visit> OfAsync(Book book, string name)
    {
        await using var opened = await book.OpenAsync(name);
        var page = opened.Page;
        var atDesk = await opened.ChartsAsync();
        var tables = await opened.ReadAsync<TableSeen[]>("tables.js");
        await page.EvaluateAsync(Axe);
        var inLight = await ViolationsAsync(page, AllRules);

        // The system turns dark while the page is open.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await opened.DrawAllAsync();
        var inDark = await opened.ChartsAsync();
        var contrast = await ViolationsAsync(page, Contrast);

        await page.SetViewportSizeAsync(Book.Phone, 844);
        await opened.DrawAllAsync();
        var onPhone = await opened.ChartsAsync();
        var width = await page.EvaluateAsync<double>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)");
        return new Visit(opened.Faults, atDesk, inDark, onPhone, inLight, contrast, width, tables);
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, object rules) =>
        await page.EvaluateAsync<string[]>(OpenPage.Script("violations.js"), rules);
}

/// <summary>A table of the page.</summary>
/// <param name="Caption">Its caption, or the paragraph above it; empty when it has neither.</param>
/// <param name="Rows">The words of its cells, the headings' row first.</param>
internal sealed record TableSeen(string Caption, string[][] Rows);
