using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>
/// The live Python of the notebook that the calling code runs in. As with its stop button (<see cref="HostInterrupt"/>), a
/// convention is enough: a kernel puts a <c>Func&lt;string, CancellationToken, Task&lt;string&gt;&gt;</c> under
/// <see cref="Name"/> into <see cref="AppContext"/>, which answers a request in JSON with a reply in JSON.
/// </summary>
internal static class PythonHost
{
    /// <summary>The convention's name.</summary>
    internal const string Name = "Notebook.Python";

    /// <summary>Asks the notebook's Python. Cancelling interrupts it there.</summary>
    /// <typeparam name="T">The shape of the reply.</typeparam>
    /// <exception cref="PythonException">It says what is wrong, there is none, or the code runs in no notebook that knows Python cells.</exception>
    internal static async Task<T> AskAsync<T>(string request, CancellationToken cancel)
    {
        if (AppContext.GetData(Name) is not Func<string, CancellationToken, Task<string>> host)
        {
            throw new PythonException("There are no Python cells here: open the notebook with the lab's kernel, run its first cell, or name a script of notebooks/python.");
        }

        var text = await host(request, cancel).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        try
        {
            var reply = JsonSerializer.Deserialize<JsonElement>(text);
            return Said(reply, "missing") is { } missing ? throw new PythonException(missing) { IsMissing = true }
                : Said(reply, "error") is { } error ? throw new PythonException(error)
                : reply.Deserialize<T>(Answers.Json)!;
        }
        catch (JsonException)
        {
            throw new PythonException($"The notebook's Python said \"{Quantity.Shortened(text, 80)}\" where a reply was expected.");
        }
    }

    private static string? Said(JsonElement reply, string key) =>
        reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty(key, out var words) && words.ValueKind == JsonValueKind.String ? words.GetString() : null;
}
