using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;

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
        ArgumentNullException.ThrowIfNull(work);
        var method = work.Method;
        // The compiler makes an object of a lambda, with a method whose name no programmer can write.
        var isLambda = method.Name.Contains('<', StringComparison.Ordinal) && (!method.IsStatic || work.Target is not null);
        var reason = isLambda ? "a lambda and the variables it holds cannot cross to another process (Python's multiprocessing cannot pickle one either)"
            : !method.IsStatic || work.Target is not null || method.DeclaringType is null ? $"the object that {method.Name} belongs to cannot cross to another process"
            : method.IsGenericMethod || method.DeclaringType.IsGenericType ? $"{method.Name}, being generic, cannot be named to another process"
            : null;
        if (reason is not null)
        {
            throw new ArgumentException($"Processes share no memory, so {reason}. Pass a static method of a library instead, for example Primes.IsPrime.");
        }

        if (string.IsNullOrEmpty(method.Module.Assembly.Location))
        {
            throw new ArgumentException(
                $"{method.DeclaringType!.Name}.{method.Name} was compiled into this process's memory; another process has no file "
                + "to load it from. Pass a static method of a library on disk instead, for example Primes.IsPrime.");
        }

        return new WorkerJob(method.Module.Assembly.Location, method.Module.ModuleVersionId, method.MetadataToken);
    }

    internal MethodInfo Resolve()
    {
        // What is loaded already is taken as it is: the runtime's own library cannot be loaded from its file.
        var assembly = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(loaded => loaded.ManifestModule.ModuleVersionId == Version)
            ?? System.Reflection.Assembly.LoadFrom(Assembly);
        if (assembly.ManifestModule.ModuleVersionId != Version)
        {
            throw new InvalidOperationException($"{Assembly} was rebuilt since the notebook loaded it: restart the notebook's kernel.");
        }

        return (MethodInfo)assembly.ManifestModule.ResolveMethod(Token)!;
    }
}

/// <summary>How items and results are written: also those numbers and tuples that JSON has no words for.</summary>
internal static class WorkerJson
{
    internal static JsonSerializerOptions Options { get; } = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, IncludeFields = true };
}

/// <summary>One line to a worker, as JSON: an item, and the job to do on it unless it is the same as before.</summary>
internal sealed record WorkerRequest(WorkerJob? Job, JsonElement Item);

/// <summary>One line from a worker, as JSON. Timestamps are of the clock that all processes of a machine share.</summary>
/// <param name="Result">What the work returned.</param>
/// <param name="Error">What it threw, in words; null when it did not.</param>
/// <param name="Start">When the worker began.</param>
/// <param name="End">When it was done.</param>
/// <param name="ProcessorTicks">The processor time it has used so far, in units of 100 ns.</param>
internal sealed record WorkerReply(JsonElement? Result, string? Error, long Start, long End, long ProcessorTicks)
{
    /// <summary>What the work returned.</summary>
    /// <exception cref="InvalidOperationException">It threw; the message says what.</exception>
    internal T ResultAs<T>() => Error is null ? Result is { } result ? result.Deserialize<T>(WorkerJson.Options)! : default! : throw new InvalidOperationException(Error);
}
