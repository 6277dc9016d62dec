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
        ArgumentNullException.ThrowIfNull(work);
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
    internal T ResultAs<T>() => Error is null ? Result is { } result ? result.Deserialize<T>()! : default! : throw new InvalidOperationException(Error);
}
