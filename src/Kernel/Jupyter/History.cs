using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>What was run in this session, as <c>history_request</c> asks for it.</summary>
internal sealed class History
{
    private readonly List<(int Number, string Source)> _cells = [];

    /// <summary>Remembers a cell.</summary>
    public void Add(int number, string source) => _cells.Add((number, source));

    /// <summary>The entries that a request asks for, oldest first.</summary>
    public JsonArray Find(Message request)
    {
        var count = request.Value("n", int.MaxValue);
        IEnumerable<(int Number, string Source)> found = request.Text("hist_access_type") switch
        {
            "range" => _cells.Where(cell => cell.Number >= request.Value("start", 0) && cell.Number < request.Value("stop", int.MaxValue)),
            "search" => Search(request.Text("pattern") ?? "*", request.Value("unique", otherwise: false)).TakeLast(count),
            _ => _cells.TakeLast(count),
        };
        var withOutput = request.Value("output", otherwise: false);
        return new JsonArray([.. found.Select(cell => (JsonNode)new JsonArray(
            0, cell.Number, withOutput ? new JsonArray(cell.Source, null) : cell.Source))]);
    }

    private List<(int Number, string Source)> Search(string glob, bool unique)
    {
        var pattern = new Regex(
            "^" + Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
            RegexOptions.Singleline | RegexOptions.NonBacktracking);
        var found = _cells.Where(cell => pattern.IsMatch(cell.Source)).ToList();
        return unique ? [.. found.AsEnumerable().Reverse().DistinctBy(cell => cell.Source).Reverse()] : found;
    }
}
