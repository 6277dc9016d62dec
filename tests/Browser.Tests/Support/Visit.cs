using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ConcurrencyLab.Tests.Support;

/// <summary>What was seen of a page in light, in dark and on a phone.</summary>
internal sealed record Visit(IReadOnlyList<string> Faults, ChartSeen[] AtDesk, ChartSeen[] InDark, ChartSeen[] OnPhone,
    IReadOnlyList<string> ViolationsInLight, IReadOnlyList<string> ViolationsInDark, IReadOnlyList<string> ViolationsOnPhone, double PhoneWidth)
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    public static async Task<Visit> OfAsync(Book book, string name)
    {
        await using var desk = await book.OpenAsync(name);
        var atDesk = await desk.ChartsAsync();
        var inLight = await ViolationsAsync(desk.Page);
        // The reader's system turns dark while the page is open.
        await desk.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await desk.DrawAllAsync();
        var inDark = await desk.ChartsAsync();
        var violationsInDark = await ViolationsAsync(desk.Page);

        await using var phone = await book.OpenAsync(name, Book.Phone, ColorScheme.Dark);
        var onPhone = await phone.ChartsAsync();
        var width = await phone.Page.EvaluateAsync<double>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)");
        return new Visit([.. desk.Faults, .. phone.Faults], atDesk, inDark, onPhone, inLight, violationsInDark, await ViolationsAsync(phone.Page), width);
    }

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page) =>
        [.. from violation in (await page.RunAxe(Rules)).Violations
            from node in violation.Nodes
            select $"{violation.Id}: {violation.Help}: {node.Target}: {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"];
}
