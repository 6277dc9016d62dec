using System.Diagnostics;
using System.Runtime;

namespace ConcurrencyLab;

/// <summary>Measures one repeat of one way.</summary>
internal static class Meter
{
    /// <summary>
    /// Runs the body on the calling thread, which plays the main thread of a program: it starts asynchronous work and
    /// waits for its end.
    /// </summary>
    /// <param name="run">What to run.</param>
    /// <param name="invocations">Times the body runs between two looks at the clock; the sample is divided by it.</param>
    /// <param name="record">Whether spans are kept.</param>
    /// <param name="threads">Watches the number of threads.</param>
    /// <param name="cancel">Handed to the body.</param>
    /// <param name="build">False when the spans that were kept are not needed as a timeline.</param>
    internal static Reading Measure(Run run, int invocations, bool record, ThreadWatch threads, CancellationToken cancel, bool build = true)
    {
        GC.Collect(1);
        var recorder = new Recorder(record);
        threads.Reset();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var readyBefore = ThreadUsage.ReadyMicroseconds();
        var before = ThreadUsage.Read();
        // Next to the clock, before and after: whatever else is read takes microseconds that are not the work's.
        var processor = ProcessorTime();

        var (start, end, answer) = Time(run, invocations, recorder, cancel);

        processor = ProcessorTime() - processor;
        var after = ThreadUsage.Read();
        var ready = ThreadUsage.ReadyMicroseconds() - readyBefore;
        // The compiler's time is on the clock, so it may be more than what it used of a core; what this thread used is sure.
        var sure = TimeSpan.FromMicroseconds(after.ProcessorMicroseconds - before.ProcessorMicroseconds);
        processor = (processor > sure ? processor : sure) + recorder.WorkerProcessor;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Answers.Check(answer);
        // Not as TimeSpan, whose tick of 100 ns is a tenth of what the shortest work takes.
        var wall = (end - start) * 1000.0 / Stopwatch.Frequency;
        var sample = new Sample(wall / invocations, processor.TotalMilliseconds / invocations, (double)allocated / invocations, threads.Peak)
        {
            MainThread = new ThreadTime((after.ProcessorMicroseconds - before.ProcessorMicroseconds) / 1000.0 / invocations, ready / 1000 / invocations, after.GaveUpCore != before.GaveUpCore),
        };
        return new Reading(sample, answer, record && build ? recorder.ToTimeline(run.Name, start, end) : null);
    }

    /// <summary>
    /// Of this process, without what the runtime's compiler took: where it compiles twice, it works in the background for as
    /// long as code is young.
    /// </summary>
    internal static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime - (Quiet.CompilesTwice ? JitInfo.GetCompilationTime() : TimeSpan.Zero);

    private static (long Start, long End, object? Answer) Time(Run run, int invocations, Recorder recorder, CancellationToken cancel)
    {
        var context = ExecutionContext.Capture();
        recorder.Activate();
        try
        {
            object? answer = null;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < invocations; i++)
            {
                answer = run.Body(cancel).GetAwaiter().GetResult();
            }

            return (start, Stopwatch.GetTimestamp(), answer);
        }
        finally
        {
            ExecutionContext.Restore(context!);
        }
    }
}
