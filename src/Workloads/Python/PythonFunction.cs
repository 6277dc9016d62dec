using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ConcurrencyLab;

/// <summary>A function that a Python cell of the notebook defined, or a module that lies beside it, with its arguments.</summary>
internal sealed partial class PythonFunction : PythonWork
{
    private readonly JsonObject _crossing;

    /// <exception cref="ArgumentException">It is no name of Python's, or an argument cannot be handed over.</exception>
    internal PythonFunction(string name, PythonArguments arguments) : base(name, arguments)
    {
        if (!DottedName().IsMatch(name))
        {
            throw new ArgumentException($"\"{name}\" is no Python: give the name of a function that a Python cell defines, as in serve, or of a script in notebooks/python, as in orders_threads.py.", nameof(name));
        }

        _crossing = arguments.ToJson();
        SavedFile = Path.Combine(Directory.GetCurrentDirectory(), "python", "saved", name + ".json");
    }

    /// <inheritdoc/>
    /// <remarks>Beside the notebook that runs and nowhere else: another folder's notebooks may use the name for other code.</remarks>
    internal override string SavedFile { get; }

    internal override async Task<IPythonProgram> StartAsync(Python? interpreter, string run, CancellationToken cancel)
    {
        var ready = await PythonHost.AskAsync<Ready>(new JsonObject { ["request"] = "start", ["interpreter"] = interpreter?.Path }.ToJsonString(), cancel).ConfigureAwait(false);
        var call = new JsonObject
        {
            ["request"] = "call",
            ["interpreter"] = interpreter?.Path,
            ["function"] = Name,
            ["arguments"] = _crossing.DeepClone(),
            ["id"] = run,
        };
        return new Calls(call.ToJsonString(), ready.Version);
    }

    // A letter first, as Python has it; a module's functions are named with it.
    [GeneratedRegex(@"^[\p{L}_]\w*(\.[\p{L}_]\w*)*$")]
    private static partial Regex DottedName();

    private sealed record Ready(string Version);

    /// <summary>The notebook's own interpreter: it stays when the calls are over.</summary>
    private sealed class Calls(string call, string version) : IPythonProgram
    {
        public string Version { get; } = version;

        public Task<PythonReply> RepeatAsync(CancellationToken cancel) => PythonHost.AskAsync<PythonReply>(call, cancel);

        public void Close()
        {
        }

        public void Dispose()
        {
        }
    }
}
