using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Lab.Execution;

/// <summary>Turns what a chapter's cells show into the outputs that nbformat stores, as a front end would.</summary>
internal sealed partial class OutputCollector
{
    /// <summary>Most characters of console text kept for one cell; a cell that prints for ever must not fill the memory.</summary>
    public const int MostText = 256 * 1024;

    private readonly Dictionary<string, List<JsonObject>> _displays = new(StringComparer.Ordinal);
    private List<JsonObject> _outputs = [];
    private int _textLength;
    private int _number;
    private bool _clearLater;

    public void Begin(int number)
    {
        _outputs = [];
        _textLength = 0;
        _number = number;
        _clearLater = false;
    }

    public IReadOnlyList<JsonObject> Outputs => _outputs;

    public void Add(CellOutput output)
    {
        if (output is ClearOutput clear)
        {
            _clearLater = clear.Wait;
            if (!clear.Wait) Clear();
            return;
        }
        if (_clearLater) Clear();
        switch (output)
        {
            case StreamOutput stream:
                AddText(stream);
                break;
            case DisplayOutput { IsUpdate: true } update:
                Update(update);
                break;
            case DisplayOutput display:
                AddDisplay(display);
                break;
            case ErrorOutput error:
                _outputs.Add(Error(error));
                break;
        }
    }

    /// <summary>Takes the cell's error away again, because a better description of it follows.</summary>
    public void RemoveError() => _outputs.RemoveAll(output => output["output_type"]!.GetValue<string>() == "error");

    /// <summary>What is shown of a cell that cannot run on this machine: why, in a line, and what was saved of it, marked as that.</summary>
    public static IEnumerable<JsonObject> InPlaceOf(ErrorOutput error, IReadOnlyCollection<JsonObject> saved)
    {
        // A cell that only defines something shows nothing anywhere.
        var said = saved.Count == 0 ? "" : " What was saved of this cell, on another machine, follows.";
        return saved.Prepend(new JsonObject { ["output_type"] = "stream", ["name"] = "stderr", ["text"] = $"{error.Message}{said}\n" });
    }

    private void Clear()
    {
        _outputs.Clear();
        _clearLater = false;
    }

    private void AddText(StreamOutput stream)
    {
        if (_textLength >= MostText) return;
        var text = stream.Text;
        _textLength += text.Length;
        if (_textLength >= MostText)
            text = text[..(text.Length - (_textLength - MostText))] + $"\n[the lab keeps {MostText / 1024} Ki characters of a cell's text and left the rest out]\n";
        var name = stream.IsError ? "stderr" : "stdout";
        if (_outputs.LastOrDefault() is { } last && last["name"]?.GetValue<string>() == name)
            last["text"] = last["text"]!.GetValue<string>() + text;
        else
            _outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = text });
    }

    private void AddDisplay(DisplayOutput display)
    {
        var output = new JsonObject
        {
            ["output_type"] = display.IsResult ? "execute_result" : "display_data",
            ["data"] = display.Data.DeepClone(),
            ["metadata"] = new JsonObject(),
        };
        if (display.IsResult) output["execution_count"] = _number;
        _outputs.Add(output);
        if (display.DisplayId is null) return;
        if (!_displays.TryGetValue(display.DisplayId, out var same)) _displays[display.DisplayId] = same = [];
        same.Add(output);
    }

    private void Update(DisplayOutput update)
    {
        if (update.DisplayId is null || !_displays.TryGetValue(update.DisplayId, out var shown)) return;
        foreach (var output in shown) output["data"] = update.Data.DeepClone();
    }

    private static JsonObject Error(ErrorOutput error) => new()
    {
        ["output_type"] = "error",
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(EscapeSequence().Replace(line, "")))]),
    };

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex EscapeSequence();
}
