using System.Net;
using System.Text.RegularExpressions;
using ConcurrencyLab.Lab.Book;

namespace ConcurrencyLab.Tests.Book;

/// <summary>Cells of several languages are coloured, each piece in its own, and no character of them is lost.</summary>
public partial class CodeHighlighterTests
{
    private const string Both = "#!python\nfrom threading import Thread\n\ndef serve(order):\n    return f\"cup {order}\"  # < 5\n\n#!csharp\nvar cups = new List<int>();\n";

    [Fact]
    public void Python_is_coloured_as_python_and_the_csharp_below_it_as_csharp()
    {
        var html = CodeHighlighter.CellToHtml(Both, "C#");

        Assert.Contains("""<span class="directive">#!python</span>""", html, StringComparison.Ordinal);
        Assert.Contains("""<span class="keyword">def</span>""", html, StringComparison.Ordinal);
        Assert.Contains("""<span class="comment"># &lt; 5</span>""", html, StringComparison.Ordinal);
        Assert.Contains("""<span class="directive">#!csharp</span>""", html, StringComparison.Ordinal);
        Assert.Contains("""<span class="keyword">new</span>""", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Both)]
    [InlineData("\n\n#!python --interpreter python3.14t\n\n\nx = 1\n\n")]
    [InlineData("var text = 1; // #!python\n")]
    [InlineData("#!html\n<b>&amp;</b>")]
    [InlineData("#!c#\nvar a = 1;")]
    [InlineData("")]
    public void All_that_a_cell_says_is_there(string cell) =>
        Assert.Equal(cell, WebUtility.HtmlDecode(Tag().Replace(CodeHighlighter.CellToHtml(cell, "C#"), "")));

    [GeneratedRegex("</?span[^>]*>")]
    private static partial Regex Tag();
}
