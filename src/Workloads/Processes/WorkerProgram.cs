using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What runs in a child process: <c>dotnet exec ConcurrencyLab.dll worker</c>.</summary>
internal static class WorkerProgram
{
    internal const string Verb = "worker";

    /// <summary>Whether this process is a worker and not the one that the user works in.</summary>
    internal static bool IsThisProcess { get; private set; }

    /// <summary>Answers requests until the parent lets go or is gone.</summary>
    internal static int Serve()
    {
        IsThisProcess = true;
        var replies = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        // What the work prints must not mix with the replies.
        Console.SetOut(Console.Error);

        // A thread that waits for them by itself: a way through the thread pool would add to what a request costs.
        var requests = new BlockingCollection<string>();
        var worker = new Thread(() => Work(requests, replies), maxStackSize: 16 << 20) { IsBackground = true };
        worker.Start();
        while (Console.In.ReadLine() is { } line)
        {
            requests.Add(line);
        }

        // The parent let go or is gone: leave at once, whatever the work is doing.
        return 0;
    }

    private static void Work(BlockingCollection<string> requests, StreamWriter replies)
    {
        MethodInfo? method = null;
        Type? itemType = null;
        foreach (var line in requests.GetConsumingEnumerable())
        {
            var start = Stopwatch.GetTimestamp();
            JsonElement? result = null;
            string? thrown = null;
            try
            {
                var request = JsonSerializer.Deserialize<WorkerRequest>(line)!;
                if (request.Job is { } job)
                {
                    method = job.Resolve();
                    itemType = method.GetParameters()[0].ParameterType;
                }

                result = JsonSerializer.SerializeToElement(method!.Invoke(null, [request.Item.Deserialize(itemType!, WorkerJson.Options)]), method.ReturnType, WorkerJson.Options);
            }
            catch (Exception error)
            {
                var inner = error is TargetInvocationException { InnerException: { } cause } ? cause : error;
                thrown = $"{inner.GetType().Name}: {inner.Message}";
            }

            replies.WriteLine(JsonSerializer.Serialize(
                new WorkerReply(result, thrown, start, Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime.Ticks)));
        }
    }
}
