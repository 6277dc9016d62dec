using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>What runs in a child process: <c>dotnet exec ConcurrencyLab.dll worker</c>, or <c>talk</c> (<see cref="TalkProgram"/>).</summary>
internal static class WorkerProgram
{
    internal const string Verb = "worker";

    /// <summary>Whether this process is a worker and not the one that the reader works in.</summary>
    internal static bool IsThisProcess { get; private set; }

    private static int Main(string[] arguments)
    {
        // A front end that interrupts a cell sends SIGINT to the whole process group; only the cell is meant.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        switch (arguments)
        {
            case [Verb]:
                return Serve();
            case [TalkProgram.Verb, var way, .. var rest]:
                return TalkProgram.Run(way, rest);
            default:
                Console.Error.WriteLine("ConcurrencyLab.dll is a library for notebooks: load it with #r. Its only programs are the child processes that it starts itself.");
                return 2;
        }
    }

    private static int Serve()
    {
        IsThisProcess = true;
        var replies = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        // What the work prints must not mix with the replies.
        Console.SetOut(Console.Error);

        // Waited for by the thread itself: a request that came through the pool would cost its threads' looking around, too.
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
            WorkerReply reply;
            try
            {
                var request = WorkerProtocol.Read<WorkerRequest>(line);
                if (request.Job is { } job)
                {
                    method = job.Resolve();
                    itemType = method.GetParameters()[0].ParameterType;
                }

                var result = request.Item is { } item
                    ? JsonSerializer.SerializeToElement(method!.Invoke(null, [item.Deserialize(itemType!)]), method.ReturnType)
                    : (JsonElement?)null;
                reply = new WorkerReply(result, null, start, Stopwatch.GetTimestamp(), ProcessorTicks());
            }
            catch (Exception error)
            {
                var inner = error is TargetInvocationException { InnerException: { } thrown } ? thrown : error;
                reply = new WorkerReply(null, $"{inner.GetType().Name}: {inner.Message}", start, Stopwatch.GetTimestamp(), ProcessorTicks());
            }

            replies.WriteLine(WorkerProtocol.Write(reply));
        }
    }

    private static long ProcessorTicks() => Environment.CpuUsage.TotalTime.Ticks;
}
