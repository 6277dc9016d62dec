using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>Something shown under a cell that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellConsole? _console;
    private readonly string[] _mimeTypes;

    private DisplayedValue(CellConsole? console, string[] mimeTypes)
    {
        _console = console;
        _mimeTypes = mimeTypes;
    }

    /// <summary>The name by which front ends find the output again; the same for its whole life.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in this one's place, wherever the call is made from.</summary>
    /// <param name="updatedValue">The new value; formatted as the first one was.</param>
    public void Update(object? updatedValue)
    {
        if (_console is null) Console.WriteLine(updatedValue);
        else _console.Outputs.Add(new DisplayOutput(MimeBundle.Of(updatedValue, _mimeTypes), IsResult: false, DisplayId, IsUpdate: true));
    }

    internal static DisplayedValue Show(object? value, string[] mimeTypes) =>
        Show(() => MimeBundle.Of(value, mimeTypes), value, mimeTypes);

    internal static DisplayedValue ShowText(string content, string mimeType) =>
        Show(() => MimeBundle.Text(mimeType, content), content, [mimeType]);

    private static DisplayedValue Show(Func<JsonObject> bundle, object? value, string[] mimeTypes)
    {
        var shown = new DisplayedValue(ConsoleCapture.Current, mimeTypes);
        // Outside of any notebook (a library's unit test, say) a display is a line on the console.
        if (shown._console is null) Console.WriteLine(value);
        else shown._console.Outputs.Add(new DisplayOutput(bundle(), IsResult: false, shown.DisplayId));
        return shown;
    }
}
