using System.Globalization;
using System.Text;
using ConcurrencyLab.Kernel.Execution;

namespace ConcurrencyLab.Kernel.Output;

/// <summary>
/// The outputs of one cell on their way to the front end: in order, as they happen, joined when they come fast,
/// cut with a note when they do not end.
/// </summary>
/// <remarks>
/// Readers' threads only append; a worker of the pool's own delivers, so that a slow front end slows no measurement
/// and a thread that is woken never holds the front end's lock. The worker is a thread, not a pool item: a cell
/// that starves the pool (a lesson of its own) must still show what it prints.
/// </remarks>
internal sealed class CellOutputs
{
    private readonly Lock _gate = new();
    private readonly OutputLimits _limits;
    private readonly Action<CellOutput> _show;
    private readonly OutputDelivery _delivery;
    private readonly StringBuilder _text = new();
    private readonly List<CellOutput> _waiting = [];
    private readonly Dictionary<string, int> _waitingUpdates = new(StringComparer.Ordinal);
    private bool _textIsError;
    private long _characters;
    private long _charactersCut;
    private int _displays;
    private int _displaysCut;

    public CellOutputs(Action<CellOutput> show, OutputLimits limits, OutputDelivery delivery)
    {
        _show = show;
        _limits = limits;
        _delivery = delivery;
    }

    /// <summary>Shortest time between two deliveries.</summary>
    public TimeSpan Interval => _limits.Interval;

    /// <summary>Appends console text.</summary>
    /// <param name="text">As written, line ends included.</param>
    /// <param name="isError">True for <c>stderr</c>.</param>
    public void Write(ReadOnlySpan<char> text, bool isError)
    {
        if (text.IsEmpty) return;
        var first = false;
        using var shield = CellPlace.EnterKernel();
        lock (_gate)
        {
            var room = (int)Math.Clamp(_limits.Characters - _characters, 0, text.Length);
            _characters += room;
            _charactersCut += text.Length - room;
            if (room > 0)
            {
                if (isError != _textIsError) CloseText();
                _textIsError = isError;
                first = _text.Length == 0 && _waiting.Count == 0;
                _text.Append(text[..room]);
            }
        }

        if (first) _delivery.Ask(this);
    }

    /// <summary>Appends anything but console text.</summary>
    public void Add(CellOutput output)
    {
        using var shield = CellPlace.EnterKernel();
        lock (_gate)
        {
            CloseText();
            if (output is DisplayOutput { IsUpdate: true, DisplayId: { } id })
            {
                // Only the latest state of an animation matters; earlier ones that nobody has seen yet go.
                if (_waitingUpdates.TryGetValue(id, out var index)) _waiting[index] = output;
                else
                {
                    _waitingUpdates[id] = _waiting.Count;
                    _waiting.Add(output);
                }
            }
            else if (output is DisplayOutput { IsResult: false } && ++_displays > _limits.Displays) _displaysCut++;
            else
            {
                _waitingUpdates.Clear();
                _waiting.Add(output);
            }
        }

        _delivery.Ask(this);
    }

    /// <summary>Delivers all that is waiting; returns when the front end has it.</summary>
    public void Flush() => _delivery.Deliver(this);

    /// <summary>Says what was cut, if anything was, and delivers everything.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            if (_charactersCut > 0)
            {
                CloseText();
                _waiting.Add(new StreamOutput(true, string.Create(CultureInfo.InvariantCulture,
                    $"\n[output cut: {_charactersCut:N0} more characters were written; the first {_limits.Characters:N0} are shown]\n")));
            }

            if (_displaysCut > 0)
            {
                CloseText();
                _waiting.Add(new StreamOutput(true, string.Create(CultureInfo.InvariantCulture,
                    $"[output cut: {_displaysCut:N0} more values were displayed; the first {_limits.Displays:N0} are shown]\n")));
            }

            _charactersCut = 0;
            _displaysCut = 0;
        }

        Flush();
    }

    /// <summary>Called by the delivery only, one call at a time.</summary>
    internal void DeliverWaiting()
    {
        CellOutput[] batch;
        lock (_gate)
        {
            CloseText();
            batch = [.. _waiting];
            _waiting.Clear();
            _waitingUpdates.Clear();
        }

        foreach (var output in batch) _show(output);
    }

    private void CloseText()
    {
        if (_text.Length == 0) return;
        _waiting.Add(new StreamOutput(_textIsError, _text.ToString()));
        _text.Clear();
    }
}
