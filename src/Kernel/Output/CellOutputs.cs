using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Execution;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// The outputs of one cell on their way to the front end: in order, as they happen, joined when they come fast,
/// cut with a note when they do not end.
/// </summary>
/// <remarks>
/// Users' threads only append; a thread of the kernel's delivers, so that a slow front end slows no measurement
/// and a thread that is interrupted never holds the front end's lock. Not an item of the pool: a cell that starves
/// the pool (a lesson of its own) must still show what it prints.
/// </remarks>
/// <param name="show">Receives each output, one call at a time.</param>
/// <param name="delivery">The session's.</param>
internal sealed class CellOutputs(Action<CellOutput> show, OutputDelivery delivery)
{
    /// <summary>UTF-16 code units: a front end keeps every output in the page and in the file, where megabytes are usable, hundreds not.</summary>
    private const int MostCharacters = 1_000_000;

    /// <summary>Updates of a value already displayed are free.</summary>
    private const int MostDisplays = 1_000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private readonly List<CellOutput> _waiting = [];
    private readonly Dictionary<string, int> _waitingUpdates = new(StringComparer.Ordinal);
    private bool _textIsError;
    private bool _isAsked;
    private long _characters;
    private int _displays;

    /// <summary>Appends console text.</summary>
    /// <param name="text">As written, line ends included.</param>
    /// <param name="isError">True for <c>stderr</c>.</param>
    public void Write(ReadOnlySpan<char> text, bool isError)
    {
        if (text.IsEmpty) return;
        using var shield = InterruptGate.EnterKernel();
        lock (_gate)
        {
            var room = (int)Math.Clamp(MostCharacters - _characters, 0, text.Length);
            _characters += text.Length;
            if (room == 0) return;
            if (isError != _textIsError) CloseText();
            _textIsError = isError;
            _text.Append(text[..room]);
            var begin = text[..room].LastIndexOfAny('\n', '\r') + 1;
            if (begin > 0) _line.Clear();
            _line.Append(text[begin..room]);
            AskForDelivery();
        }
    }

    /// <summary>Appends anything but console text.</summary>
    public void Add(CellOutput output)
    {
        using var shield = InterruptGate.EnterKernel();
        if (output is DisplayOutput shown) CutTexts(shown.Data);
        lock (_gate)
        {
            if (output is DisplayOutput { IsResult: false, IsUpdate: false } && ++_displays > MostDisplays) return;
            CloseText();
            // Only the latest state of an animation matters; an earlier one that has not been seen yet goes.
            if (output is DisplayOutput { IsUpdate: true, DisplayId: { } id } && !_waitingUpdates.TryAdd(id, _waiting.Count))
            {
                _waiting[_waitingUpdates[id]] = output;
                return;
            }

            if (output is not DisplayOutput { IsUpdate: true }) _waitingUpdates.Clear();
            _waiting.Add(output);
            AskForDelivery();
        }
    }

    /// <summary>What was printed and not ended yet, once: the question, where an answer is asked for.</summary>
    public string TakeLine()
    {
        using var shield = InterruptGate.EnterKernel();
        lock (_gate)
        {
            var line = _line.ToString();
            _line.Clear();
            return line;
        }
    }

    /// <summary>Delivers all that is waiting; returns when the front end has it.</summary>
    public void Flush() => delivery.Deliver(this);

    /// <summary>Says what was cut, if anything was, and delivers everything.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_characters > MostCharacters) Note("\n", _characters - MostCharacters, "characters were written", MostCharacters);
            if (_displays > MostDisplays) Note("", _displays - MostDisplays, "values were displayed", MostDisplays);
        }

        Flush();

        void Note(string before, long cut, string what, int shown)
        {
            CloseText();
            _waiting.Add(new StreamOutput(true, $"{before}{Cut(cut, what, shown)}\n"));
        }
    }

    /// <summary>Cuts a value's text as printed text is cut. Markup cannot be cut: the text stands for it. Pictures and JSON are no text.</summary>
    private static void CutTexts(JsonObject data)
    {
        foreach (var (mimeType, content) in data.ToList())
        {
            if (!mimeType.StartsWith("text/", StringComparison.Ordinal) || ((string?)content)?.Length is not (> MostCharacters and var length)) continue;
            data.Remove(mimeType);
            var note = Cut(length - MostCharacters, "characters were displayed", MostCharacters);
            if (mimeType == MimeBundle.PlainText) data[mimeType] = $"{((string)content!).AsSpan(0, MostCharacters)}\n{note}";
            else data.TryAdd(MimeBundle.PlainText, $"[output cut: {Count(length)} characters of {mimeType}, more than a page can show]");
        }
    }

    private static string Cut(long cut, string what, int shown) => $"[output cut: {Count(cut)} more {what}; the first {Count(shown)} are shown]";

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Called by the delivery only, one call at a time.</summary>
    internal void DeliverWaiting()
    {
        CellOutput[] batch;
        lock (_gate)
        {
            _isAsked = false;
            CloseText();
            batch = [.. _waiting];
            _waiting.Clear();
            _waitingUpdates.Clear();
        }

        foreach (var output in batch) show(output);
    }

    private void AskForDelivery()
    {
        if (!_isAsked) delivery.Ask(this);
        _isAsked = true;
    }

    private void CloseText()
    {
        if (_text.Length == 0) return;
        _waiting.Add(new StreamOutput(_textIsError, _text.ToString()));
        _text.Clear();
    }
}
