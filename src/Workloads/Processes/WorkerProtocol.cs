using System.Reflection;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What to run: a static method, named so that another process finds exactly the same one.</summary>
/// <param name="Assembly">Path of its assembly.</param>
/// <param name="Version">The module's version id: both processes must hold the same build.</param>
/// <param name="Token">The method's token in that module.</param>
internal sealed record WorkerJob(string Assembly, Guid Version, int Token)
{
    /// <summary>The job for a delegate.</summary>
    /// <exception cref="ArgumentException">The delegate cannot cross to another process; the message says why and what to do.</exception>
    internal static WorkerJob For(Delegate work)
    {
        var method = work.Method;
        if (method is not { IsStatic: true, IsGenericMethod: false } || method.DeclaringType is null or { IsGenericType: true } || work.Target is not null)
        {
            throw new ArgumentException(
                "Processes share no memory, so a lambda and the variables it holds cannot cross to another process (Python's "
                + "multiprocessing cannot pickle one either). Pass a static method of a library instead, for example Primes.IsPrime.");
        }

        if (string.IsNullOrEmpty(method.Module.Assembly.Location))
        {
            throw new ArgumentException(
                $"{method.DeclaringType.Name}.{method.Name} was compiled into this process's memory; another process has no file "
                + "to load it from. Pass a static method of a library on disk instead, for example Primes.IsPrime.");
        }

        return new WorkerJob(method.Module.Assembly.Location, method.Module.ModuleVersionId, method.MetadataToken);
    }

    internal MethodInfo Resolve()
    {
        var own = typeof(WorkerJob).Assembly;
        var assembly = own.ManifestModule.ModuleVersionId == Version ? own : System.Reflection.Assembly.LoadFrom(Assembly);
        if (assembly.ManifestModule.ModuleVersionId != Version)
        {
            throw new InvalidOperationException($"{Assembly} was rebuilt since the notebook loaded it: restart the notebook's kernel.");
        }

        return (MethodInfo)assembly.ManifestModule.ResolveMethod(Token)!;
    }
}

/// <summary>One line to a worker: a new job, an item of the current one, or (both null) a question for its processor time.</summary>
internal sealed record WorkerRequest(WorkerJob? Job, JsonElement? Item);

/// <summary>One line from a worker. Timestamps are of the clock that all processes of a machine share.</summary>
internal sealed record WorkerReply(JsonElement? Result, string? Error, long Start, long End, long ProcessorTicks);

/// <summary>Reads and writes the lines.</summary>
internal static class WorkerProtocol
{
    internal static string Write<T>(T message) => JsonSerializer.Serialize(message);

    internal static T Read<T>(string line) =>
        JsonSerializer.Deserialize<T>(line) ?? throw new InvalidDataException("A worker process sent an empty line.");
}
