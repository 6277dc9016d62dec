namespace ConcurrencyLab.Charting;

/// <summary>
/// Draws one small chart that nobody sees while the reader still reads the first cell: the first chart of a process takes
/// half a second longer than the next, most of it loading and compiling the two painters.
/// </summary>
internal static class PainterWarmUp
{
    private static int _begun;

    /// <summary>Begins in the background; once in a process, however often it is called.</summary>
    internal static void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) != 0)
        {
            return;
        }

        new Thread(Draw) { IsBackground = true, Name = "painter warm-up", Priority = ThreadPriority.BelowNormal }.Start();
    }

    private static void Draw()
    {
        try
        {
            var figure = Figure.Of(BarsChart.Draw("warm-up", "", "bars", [("one", 1), ("two", 2)]));
            _ = figure.PlotlyJson;
            _ = figure.Png;
        }
        catch (Exception)
        {
            // Whatever keeps charts from being drawn here is said where a reader asks for one.
        }
    }
}
