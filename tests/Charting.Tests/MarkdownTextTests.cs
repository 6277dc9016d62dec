using System.Net;
using Markdig;

namespace ConcurrencyLab.Tests;

/// <summary>What values say in Markdown, as another reader of Markdown understands it.</summary>
public class MarkdownTextTests
{
    // Everything that it knows, so that nothing that a front end may know has a meaning.
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    public static TheoryData<string> Words { get; } =
    [
        "Task<int>, a*b*c and _d_", "x | y || z", @"C:\cups\new", "`code`", "[here](there)", "![x](y)", "# 1", "#1 of 2", "1. first", "20) twenty", "5.27 ×", "7.", "- one", "+ one", "a ++b++", "===", "---",
        "> said", ": so", "~5 ms to ~6 ms", "$1 and $2", "2^n^", "==a==", "{.class}", "&amp; & &#42;", "✔ 4.5 × – “6”", "20 of 20 items failed", "Question 1 is open: put your letter",
    ];

    [Theory]
    [MemberData(nameof(Words))]
    public void Words_stay_the_words_that_they_are(string words)
    {
        Assert.Equal($"<p>{Html(words)}</p>", Markdown.ToHtml(MarkdownText.Escape(words), Pipeline).Trim());
        Assert.Equal($"<p><strong>{Html(words)}</strong> <em>{Html(words)}</em></p>", Markdown.ToHtml($"{MarkdownText.Bold(words)} {MarkdownText.Emphasis(words)}", Pipeline).Trim());
        var table = Markdown.ToHtml(MarkdownText.Table([words, words], [[MarkdownText.Escape(words), MarkdownText.Bold(words)]]), Pipeline);
        Assert.Equal(2, table.Split($"<th style=\"text-align: left;\">{Html(words)}</th>").Length - 1);
        Assert.Contains($"<td style=\"text-align: left;\">{Html(words)}</td>", table, StringComparison.Ordinal);
        Assert.Contains($"<td style=\"text-align: left;\"><strong>{Html(words)}</strong></td>", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_lines_become_one_and_no_words_no_marks()
    {
        Assert.Equal("a b", MarkdownText.Escape("a\r\nb\n"));
        Assert.Equal("5.27 ms", MarkdownText.Escape("5.27 ms"));
        Assert.Equal(("", "", ""), (MarkdownText.Escape(""), MarkdownText.Bold(""), MarkdownText.Emphasis("")));
        Assert.Equal("one\n\ntwo", MarkdownText.Blocks("one", "", "two"));
    }

    [Fact]
    public void Figures_stand_to_the_right()
    {
        var table = Markdown.ToHtml(MarkdownText.Table(["way", "wall time"], [["threads", ""]], figures: true), Pipeline);

        Assert.Contains("<th style=\"text-align: right;\">wall time</th>", table, StringComparison.Ordinal);
        Assert.Contains("<td style=\"text-align: left;\">threads</td>", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Code_is_a_block_of_its_lines() =>
        Assert.Equal("<pre><code class=\"language-csharp\">var a = b &lt; c;\n// **so**\n</code></pre>", Markdown.ToHtml(MarkdownText.Code("var a = b < c;\r\n// **so**\n"), Pipeline).Trim());

    private static string Html(string words) => WebUtility.HtmlEncode(words).Replace("&#39;", "'", StringComparison.Ordinal).Replace("&#215;", "×", StringComparison.Ordinal);
}
