using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests;

/// <summary>Stands for a notebook with Python cells: answers by the convention, with what a test says.</summary>
internal sealed class CellHost : IDisposable
{
    private readonly Func<JsonObject, CancellationToken, Task<object>> _answer;
    private readonly List<JsonObject> _asked = [];

    public CellHost(Func<JsonObject, CancellationToken, Task<object>> answer)
    {
        _answer = answer;
        AppContext.SetData(PythonHost.Name, (Func<string, CancellationToken, Task<string>>)AnswerAsync);
    }

    /// <summary>One whose function answers always the same, in 3.14.2.</summary>
    public CellHost(object answer) : this((request, _) => Task.FromResult(request["request"]!.GetValue<string>() == "start" ? new { version = "Python 3.14.2" } : answer))
    {
    }

    /// <summary>What a function's reply looks like.</summary>
    public static object Reply(object answer, double wall = 0.25, double processor = 0.125, object?[]? spans = null) =>
        new { wall, processor, answer, memory = 1 << 24, spans = spans ?? [] };

    /// <summary>All requests so far.</summary>
    public IReadOnlyList<JsonObject> Asked => _asked;

    public IEnumerable<JsonObject> Calls => _asked.Where(request => request["request"]!.GetValue<string>() == "call");

    public void Dispose() => AppContext.SetData(PythonHost.Name, null);

    private async Task<string> AnswerAsync(string request, CancellationToken cancel)
    {
        var asked = JsonNode.Parse(request)!.AsObject();
        lock (_asked) _asked.Add(asked);
        return JsonSerializer.Serialize(await _answer(asked, cancel));
    }
}
