using System.Diagnostics.CodeAnalysis;
using ConcurrencyLab.Kernel.Output;
using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting.TabularData;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>What every cell can call without a <c>using</c>; the names are those of .NET Interactive.</summary>
[SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "Users type these names; .NET Interactive chose them.")]
[SuppressMessage("Naming", "CA1708:Identifiers should differ by more than case", Justification = "display(x) and x.Display() are both .NET Interactive's.")]
public static class Globals
{
    /// <summary>Shows a value under the cell.</summary>
    /// <param name="value">Anything, also null.</param>
    /// <param name="mimeTypes">The MIME types wanted; none for those that the value's type prefers.</param>
    /// <returns>A handle to replace it later.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) => new(value, mimeTypes);

    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => new(value, mimeTypes);

    /// <summary>Shows text that is already in a MIME type, as it is.</summary>
    /// <param name="value">The content: markup, JSON, base64 of an image.</param>
    /// <param name="mimeType">What it is, <c>text/markdown</c> for example.</param>
    /// <returns>A handle to replace it later.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType) => new(value, [mimeType], MimeBundle.Text(mimeType, value));

    /// <summary>Markup, to be shown as such.</summary>
    /// <param name="content">An HTML fragment.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <summary>Runs a script in the page, where the front end allows it.</summary>
    /// <param name="scriptContent">JavaScript.</param>
    public static void Javascript(string scriptContent) => scriptContent.DisplayAs("application/javascript");

    /// <summary>Adds a style sheet to the page, where the front end allows it.</summary>
    /// <param name="content">CSS.</param>
    public static void CSS(string content) => $"<style>{content}</style>".DisplayAs("text/html");

    /// <summary>Shows a sequence as a table, a row for each item and a column for each of its properties.</summary>
    /// <param name="source">The items; enumerated once.</param>
    /// <returns>A handle to replace it later.</returns>
    public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source) => new(source.ToTabularDataResource(), ["text/html", "text/plain"]);

    /// <summary>Asks the person in front of the notebook for a line of text.</summary>
    /// <param name="prompt">Text beside the box.</param>
    /// <exception cref="InvalidOperationException">The notebook runs unattended.</exception>
    public static string input(string prompt = "") => Ask(prompt, isPassword: false);

    /// <summary>Asks for a line of text without showing it.</summary>
    /// <param name="prompt">Text beside the box.</param>
    /// <exception cref="InvalidOperationException">The notebook runs unattended.</exception>
    public static string password(string prompt = "") => Ask(prompt, isPassword: true);

    /// <summary>Removes what the cell has shown so far.</summary>
    /// <param name="wait">True to keep it on the screen until the next output arrives, which avoids flicker.</param>
    public static void ClearOutput(bool wait = false) => ConsoleCapture.Current?.Outputs.Add(new ClearOutput(wait));

    private static string Ask(string prompt, bool isPassword) =>
        ConsoleCapture.Current?.ReadLine(prompt, isPassword)
        ?? throw new InvalidOperationException("There is no notebook to ask.");
}
