using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Kernel.Notebook;

/// <summary>Something shown under a cell that can be replaced where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellConsole? _console = ConsoleCapture.Current;
    private readonly string[] _mimeTypes;

    /// <summary>Shows a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The MIME types wanted; none for those that the value's type prefers.</param>
    /// <param name="bundle">The value in these types; null to have it formatted.</param>
    internal DisplayedValue(object? value, string[] mimeTypes, JsonObject? bundle = null)
    {
        _mimeTypes = mimeTypes;
        Show(value, bundle, isUpdate: false);
    }

    /// <summary>The name by which front ends find the output again; the same for its whole life.</summary>
    public string DisplayId { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Shows another value in this one's place, wherever the call is made from.</summary>
    /// <param name="updatedValue">The new value; formatted as the first one was.</param>
    public void Update(object? updatedValue) => Show(updatedValue, bundle: null, isUpdate: true);

    private void Show(object? value, JsonObject? bundle, bool isUpdate)
    {
        // Outside of any notebook (a library's unit test, say) a display is a line on the console.
        // Also an update is said by the cell that makes it: nbconvert listens to no earlier one.
        if ((ConsoleCapture.Current ?? _console) is not { } console) Console.WriteLine(value);
        else console.Outputs.Add(new DisplayOutput(bundle ?? MimeBundle.Of(value, _mimeTypes), IsResult: false, DisplayId, isUpdate));
    }
}
