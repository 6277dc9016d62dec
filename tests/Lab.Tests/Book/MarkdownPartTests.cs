using ConcurrencyLab.Lab.Book;

namespace ConcurrencyLab.Tests.Book;

/// <summary>Markdown of text cells and of values, as HTML of the book.</summary>
public class MarkdownPartTests
{
    [Fact]
    public void A_heading_without_words_is_no_heading()
    {
        var html = new MarkdownPart(new HashSet<string>()).ToHtml("| this machine |  |\n| :-- | --: |\n| cores | 2 |");

        Assert.Contains("<th style=\"text-align: left;\">this machine</th>", html, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align: right;\"></td>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("></th>", html, StringComparison.Ordinal);
    }
}
