using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using HandlebarsDotNet;

namespace ConcurrencyLab.Lab.Book;

/// <summary>The book's pages as Handlebars templates (real files in Pages/): double braces escape, triple braces do not.</summary>
internal sealed class PageTemplates
{
    private readonly IHandlebars _handlebars = Handlebars.Create(new HandlebarsConfiguration { ThrowOnUnresolvedBindingExpression = true });
    private readonly HandlebarsTemplate<object, object> _layout;
    private readonly string _style = Read("book.css");
    private readonly string _script = Read("book.js");

    public PageTemplates()
    {
        _layout = Compile("layout.html");
        Chapter = Compile("chapter.html");
        Index = Compile("index.html");
    }

    public HandlebarsTemplate<object, object> Chapter { get; }

    public HandlebarsTemplate<object, object> Index { get; }

    public string Render(HandlebarsTemplate<object, object> template, string title, bool hasCharts, object model) => _layout(new
    {
        title,
        hasCharts,
        style = _style,
        script = _script,
        // The security policy lets exactly this text run.
        scriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(_script))),
        main = template(model),
    });

    private HandlebarsTemplate<object, object> Compile(string name) => _handlebars.Compile(Read(name));

    private static string Read(string name)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream($"pages/{name}")!;
        using var reader = new StreamReader(resource);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
