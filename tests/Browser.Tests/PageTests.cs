using ConcurrencyLab.Tests.Support;

namespace ConcurrencyLab.Tests;

/// <summary>Every page of the book, in light, in dark and on a phone.</summary>
public sealed class PageTests(Book book)
{
    [Theory]
    [MemberData(nameof(Book.Pages), MemberType = typeof(Book))]
    public async Task A_page_opens_without_a_fault_and_asks_no_other_host(string page) => Assert.Empty((await book.VisitAsync(page)).Faults);

    [Theory]
    [MemberData(nameof(Book.Pages), MemberType = typeof(Book))]
    public async Task Axe_finds_nothing_in_light(string page) => Assert.Empty((await book.VisitAsync(page)).ViolationsInLight);

    [Theory]
    [MemberData(nameof(Book.Pages), MemberType = typeof(Book))]
    public async Task Axe_finds_nothing_in_dark(string page) => Assert.Empty((await book.VisitAsync(page)).ViolationsInDark);

    [Theory]
    [MemberData(nameof(Book.Pages), MemberType = typeof(Book))]
    public async Task A_page_is_no_wider_than_a_phone(string page) => Assert.Equal(Book.Phone, (await book.VisitAsync(page)).PhoneWidth);

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task No_chart_is_blank(string page)
    {
        var visit = await book.VisitAsync(page);

        foreach (var chart in new[] { visit.AtDesk, visit.InDark, visit.OnPhone }.SelectMany(charts => charts))
        {
            Assert.True(chart.Drawn, $"{chart.Id} is not drawn");
            Assert.True(chart.Marks > 0, $"{chart.Id} shows nothing");
            Assert.True(chart.Box is { Width: > 250, Height: > 100 }, $"{chart.Id} is {chart.Box.Width} by {chart.Box.Height} pixels");
        }
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task The_words_of_a_chart_are_whole_and_apart(string page)
    {
        var visit = await book.VisitAsync(page);

        Assert.Empty(visit.AtDesk.Concat(visit.InDark).SelectMany(chart => chart.CutWords.Concat(chart.CollidingWords)));
    }

    [Theory]
    [MemberData(nameof(Book.Chapters), MemberType = typeof(Book))]
    public async Task The_words_of_a_chart_are_whole_and_apart_on_a_phone(string page) =>
        Assert.Empty((await book.VisitAsync(page)).OnPhone.SelectMany(chart => chart.CutWords.Concat(chart.CollidingWords)));
}
