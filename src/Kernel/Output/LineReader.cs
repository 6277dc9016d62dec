namespace ConcurrencyLab.Kernel.Output;

/// <summary>Standard input, of which each line is asked for when it is needed.</summary>
/// <param name="ask">Gives the next line; null at the end.</param>
internal sealed class LineReader(Func<string?> ask) : TextReader
{
    private string _line = "";
    private int _next;

    public override int Peek() => Fill() ? _line[_next] : -1;

    public override int Read() => Fill() ? _line[_next++] : -1;

    private bool Fill()
    {
        if (_next < _line.Length) return true;
        if (ask() is not { } line) return false;
        _line = line + "\n";
        _next = 0;
        return true;
    }
}
