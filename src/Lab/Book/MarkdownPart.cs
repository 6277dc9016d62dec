using System.Text;
using System.Text.RegularExpressions;
using ConcurrencyLab.Lab.Notebooks;
using Markdig;
using Markdig.Helpers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ConcurrencyLab.Lab.Book;

/// <summary>A heading, for the table of contents.</summary>
internal sealed record Heading(int Level, string Text, string Id);

/// <summary>Turns the text cells of one page into HTML.</summary>
/// <param name="chapters">The names of the chapters that have a page in this book.</param>
internal sealed partial class MarkdownPart(IReadOnlySet<string> chapters)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseEmphasisExtras().UseTaskLists().UseFootnotes().UseAutoLinks().UseAlertBlocks().Build();

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public List<Heading> Headings { get; } = [];

    /// <summary>A text as HTML. Its headings get ids that are unique on the page, its links point to pages of the book.</summary>
    public string ToHtml(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var block in document.Descendants<HeadingBlock>()) Name(block);
        foreach (var link in document.Descendants<LinkInline>().ToArray()) Redirect(link);
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<CodeBlockRenderer>(new HighlightedBlock());
        renderer.Render(document);
        // A heading without words heads nothing, and screen readers would announce it.
        return EmptyHeading().Replace(writer.ToString(), "<td$1></td>");
    }

    /// <summary>The first sentence of the first paragraph, without its marks.</summary>
    public static string FirstSentence(Notebook notebook)
    {
        foreach (var cell in notebook.Cells.Where(cell => cell.Kind == "markdown"))
        {
            var paragraph = Markdown.Parse(cell.Source, Pipeline).OfType<ParagraphBlock>().FirstOrDefault();
            if (paragraph is null) continue;
            var text = PlainText(paragraph.Inline);
            var end = SentenceEnd().Match(text);
            return end.Success ? text[..(end.Index + 1)] : text;
        }
        return "";
    }

    private void Name(HeadingBlock block)
    {
        var text = PlainText(block.Inline);
        var slug = LinkHelper.UrilizeAsGfm(text);
        var id = slug.Length > 0 ? slug : "section";
        for (var copy = 2; !_ids.Add(id); copy++) id = $"{slug}-{copy}";
        block.GetAttributes().Id = id;
        Headings.Add(new Heading(block.Level, text, id));
    }

    // A chapter links to a notebook; the book has a page for it, or nothing at all.
    private void Redirect(LinkInline link)
    {
        if (link.IsImage || link.Url is null) return;
        var match = NotebookLink().Match(link.Url);
        if (!match.Success) return;
        var name = Uri.UnescapeDataString(match.Groups["name"].Value);
        if (chapters.Contains(name)) link.Url = $"{Uri.EscapeDataString(name)}.html{match.Groups["place"].Value}";
        else link.ReplaceBy(new LiteralInline(PlainText(link)), copyChildren: false);
    }

    private static string PlainText(ContainerInline? inline)
    {
        var text = new StringBuilder();
        foreach (var part in inline?.Descendants() ?? [])
        {
            text.Append(part switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                LineBreakInline => " ",
                _ => "",
            });
        }
        return text.ToString();
    }

    [GeneratedRegex(@"^(?:\./)?(?<name>[^/:#]+)\.ipynb(?<place>#.*)?$")]
    private static partial Regex NotebookLink();

    [GeneratedRegex("<th( style=\"[^\"]*\")?></th>")]
    private static partial Regex EmptyHeading();

    [GeneratedRegex(@"[.!?](?=\s)")]
    private static partial Regex SentenceEnd();

    private sealed class HighlightedBlock : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock block)
        {
            var language = (block as FencedCodeBlock)?.Info;
            renderer.EnsureLine();
            renderer.Write("<pre class=\"code\" tabindex=\"0\"><code>");
            renderer.Write(CodeHighlighter.ToHtml(block.Lines.ToString(), language));
            renderer.WriteLine("</code></pre>");
        }
    }
}
