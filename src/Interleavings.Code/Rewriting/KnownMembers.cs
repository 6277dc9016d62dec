using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>What is known of the framework: which objects are made for one user at a time, which members only look, which lie outside of the scheduler's sight.</summary>
internal static class KnownMembers
{
    /// <summary>How an object of a library takes being used by several tasks.</summary>
    internal enum Sharing
    {
        /// <summary>Nothing of it changes, or nobody sees it.</summary>
        Harmless,

        /// <summary>Each call is one step.</summary>
        Atomic,

        /// <summary>Two users at once are a data race, unless both only look.</summary>
        OneAtATime,

        /// <summary>Waits, wakes or starts something that the scheduler does not see.</summary>
        NotSeen,
    }

    private static readonly HashSet<string> OneAtATime = ["System.Text.StringBuilder", "System.Random", "System.IO.StringWriter", "System.IO.MemoryStream", "System.Collections.ArrayList", "System.Collections.Hashtable", "System.Collections.Queue", "System.Collections.Stack", "System.Collections.BitArray", "System.Collections.SortedList"];

    private static readonly string[] Looking = ["Contains", "TryGet", "TryPeek", "Peek", "IndexOf", "LastIndexOf", "Find", "Exists", "TrueForAll", "ToArray", "ToString", "Get", "CopyTo", "BinarySearch", "IsSubsetOf", "IsSupersetOf", "SetEquals", "Overlaps", "ConvertAll", "AsReadOnly", "ForEach", "Equals", "Slice"];

    private static readonly string[] Outside = ["System.Threading", "System.Timers", "System.IO", "System.Net", "System.Diagnostics.Process", "System.Data", "System.Runtime.InteropServices"];

    /// <summary>Members of namespaces that are watched which concern no other task.</summary>
    private static readonly HashSet<string> Harmless =
    [
        "Task.FromResult", "Task.CompletedTask", "Task.FromException", "Task.FromCanceled", "Task.CurrentId", "Task.Id", "Task.AsyncState", "ValueTask.FromResult", "ValueTask.CompletedTask", "ValueTask.FromException",
        "Thread.CurrentThread", "Thread.ManagedThreadId", "Thread.Name", "Thread.IsBackground", "Thread.Priority", "Thread.GetCurrentProcessorId", "Thread.IsThreadPoolThread", "Thread.MemoryBarrier", "Interlocked.MemoryBarrier",
        "CancellationToken.None", "CancellationTokenSource.Token", "CancellationTokenSource.Dispose", "Timeout.Infinite", "Timeout.InfiniteTimeSpan", "SemaphoreSlim.Dispose", "WaitHandle.Dispose", "WaitHandle.Close", "ManualResetEventSlim.Dispose",
        "Barrier.Dispose", "CountdownEvent.Dispose", "ReaderWriterLockSlim.Dispose", "BlockingCollection.Dispose", "Task.Dispose", "ThreadPool.SetMinThreads", "ThreadPool.SetMaxThreads", "ThreadPool.GetMinThreads", "ThreadPool.GetMaxThreads",
        "TaskCompletionSource.Task", "Channel.Reader", "Channel.Writer", "ParallelOptions.MaxDegreeOfParallelism", "ParallelOptions.CancellationToken", "TaskScheduler.Default", "TaskScheduler.Current", "CancellationTokenRegistration.Dispose", "Task.Factory", "Barrier.ParticipantCount", "Path.Combine",
        "AsyncLocal.Value", "TaskAwaiter.GetResult", "TaskAwaiter.IsCompleted", "OperationCanceledException.CancellationToken", "Lock.IsHeldByCurrentThread", "StringWriter.ToString", "SpinWait.Count", "SpinWait.NextSpinWillYield",
    ];

    private static readonly HashSet<string> Dice = ["Random.Shared", "Guid.NewGuid", "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "Stopwatch.StartNew", "Stopwatch.GetTimestamp", "Stopwatch.GetElapsedTime", "Environment.TickCount", "Environment.TickCount64", "Environment.CurrentManagedThreadId", "Thread.ManagedThreadId", "RuntimeHelpers.GetHashCode", "RandomNumberGenerator.GetInt32"];

    /// <summary>What calling a member of a library means to other tasks.</summary>
    public static Sharing SharingOf(ISymbol member)
    {
        var type = member.ContainingType;
        if (type is null || type.Locations.Any(location => location.IsInSource))
        {
            return Sharing.Harmless;
        }

        var name = type.ContainingNamespace.ToDisplayString();
        if (IsCollection(type))
        {
            return member.IsStatic ? Sharing.Harmless : name == "System.Collections.Concurrent" ? Sharing.Atomic : Sharing.OneAtATime;
        }

        if (Harmless.Contains($"{type.Name}.{member.Name}") || type.TypeKind is TypeKind.Enum || IsException(type) || member is IFieldSymbol { IsConst: true } || member is IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            return Sharing.Harmless;
        }

        if (type.Name is "ParallelEnumerable" or "ParallelQuery" || member.Name is "AsParallel" || Outside.Any(space => name == space || name.StartsWith(space + ".", StringComparison.Ordinal) || $"{name}.{type.Name}" == space))
        {
            return Sharing.NotSeen;
        }

        // Code of libraries that are not the framework's: nobody knows what it does.
        var library = type.ContainingAssembly.Name;
        return library.StartsWith("System", StringComparison.Ordinal) || library.StartsWith("Microsoft", StringComparison.Ordinal) || library is "mscorlib" or "netstandard" || library == Emission.Library
            || type.IsValueType ? Sharing.Harmless : Sharing.NotSeen;
    }

    /// <summary>A list, a dictionary, a buffer of text: what several tasks may hold and not all may use at once.</summary>
    public static bool IsCollection(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol named || named.Locations.Any(location => location.IsInSource))
        {
            return false;
        }

        return named.ContainingNamespace?.ToDisplayString() switch
        {
            "System.Collections.Generic" => named.TypeKind is TypeKind.Class && !named.Name.EndsWith("Comparer", StringComparison.Ordinal) && !IsException(named) || named.TypeKind is TypeKind.Interface && named.Name is not ("IComparer" or "IEqualityComparer" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator" or "IEnumerable"),
            "System.Collections.Concurrent" => named.TypeKind is TypeKind.Class && named.Name != "Partitioner",
            "System.Collections.ObjectModel" => named.TypeKind is TypeKind.Class,
            var space => OneAtATime.Contains($"{space}.{named.Name}"),
        };
    }

    /// <summary>Whether a member of a collection leaves it as it was.</summary>
    public static bool OnlyLooks(ISymbol member) => member is IPropertySymbol || member.ContainingType.Name != "Random" && Looking.Any(start => member.Name.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Clocks and dice: a run that asks them is not the same every time.</summary>
    public static bool IsChance(ISymbol member) => Dice.Contains($"{member.ContainingType?.Name}.{member.Name}") || member is IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.IsEmpty: true, ContainingType: { Name: "Random", ContainingNamespace.Name: "System" } };

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var kind = type; kind is not null; kind = kind.BaseType)
        {
            if (kind is { Name: "Exception", ContainingNamespace.Name: "System" })
            {
                return true;
            }
        }

        return false;
    }
}
