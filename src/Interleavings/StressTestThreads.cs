using System.Diagnostics;
using System.Runtime;

namespace ConcurrencyLab.Interleavings;

/// <summary>One run for real: a builder and how far its threads are.</summary>
internal sealed class RealRun(ProgramBuilder builder)
{
    public ProgramBuilder Builder => builder;

    public int Arrived;

    public int Threw;

    /// <summary>A thread had to be ended by force.</summary>
    public bool Hung => builder.GivenUp;
}

/// <summary>
/// Runs a program's tasks on real threads, batch after batch, and notices when they stand still.
/// </summary>
internal sealed class StressTestThreads : IDisposable
{
    private const int Batch = 128;

    /// <summary>Threads that all wait, for so long, wait for each other.</summary>
    private const int StandingStill = 250;

    /// <summary>Threads that run without getting anywhere may only lack a processor for a while.</summary>
    private const int Spinning = 1000;

    private readonly Thread[] _threads;
    private readonly Action<RealRun, int> _play;
    private readonly SemaphoreSlim[] _go;
    private readonly CancellationTokenSource _abort = new();
    private readonly CountdownEvent _back;
    private readonly int[] _at;
    private volatile RealRun[] _runs = [];
    private volatile int _end;
    private volatile bool _stop;

    private StressTestThreads(int count, Action<RealRun, int> play)
    {
        _play = play;
        _at = new int[count];
        _go = [.. Enumerable.Range(0, count).Select(_ => new SemaphoreSlim(0))];
        _back = new CountdownEvent(count);
        _threads = [.. Enumerable.Range(0, count).Select(number => new Thread(() => Live(number)) { IsBackground = true, Name = $"real {number}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>Each task on a thread of its own.</summary>
    public static StressTestResult Run(ConcurrentProgram program, int times, TimeSpan budget, CancellationToken cancellationToken) =>
        Run(program, program.Build(real: true).Tasks.Count, (run, thread) => run.Builder.Tasks[thread].Body()?.GetAwaiter().GetResult(), times, budget, cancellationToken);

    /// <summary>Runs of a program on a number of threads, each of which plays its part.</summary>
    /// <exception cref="UncontrolledConcurrencyException">A task loops for ever without touching a controlled object.</exception>
    public static StressTestResult Run(ConcurrentProgram program, int threads, Action<RealRun, int> play, int times, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var crew = new StressTestThreads(threads, play);
        var clock = Stopwatch.StartNew();
        int runs = 0, broken = 0, threw = 0, hung = 0;
        int? first = null;
        while (runs < times && (clock.Elapsed < budget || runs == 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = runs == 0 ? 1 : Math.Min(Batch, times - runs);
            crew._runs = [.. Enumerable.Range(0, size).Select(_ => new RealRun(program.Build(real: true)))];
            // When the time is up, what has begun is ended and the rest of the batch is not counted.
            crew.Play(() => clock.Elapsed > budget);
            foreach (var run in crew._runs.Take(crew._end))
            {
                runs++;
                var bad = true;
                if (run.Hung)
                {
                    hung++;
                }
                else if (run.Threw > 0)
                {
                    threw++;
                }
                else if (!run.Builder.Postconditions.Concat(run.Builder.Invariants).All(check => check.Holds()))
                {
                    broken++;
                }
                else
                {
                    bad = false;
                }

                first ??= bad ? runs : null;
            }
        }

        return new StressTestResult(program.Name, threads, times, runs, broken, threw, hung, first, clock.Elapsed);
    }

    public void Dispose()
    {
        _stop = true;
        Array.ForEach(_go, go => go.Release());
        Ending.Of(_threads, _abort);
        _abort.Dispose();
        _back.Dispose();
    }

    private void Play(Func<bool> timeIsUp)
    {
        Array.Clear(_at);
        _end = _runs.Length;
        _back.Reset();
        Array.ForEach(_go, go => go.Release());
        var (seen, since, late) = (-1, Environment.TickCount64, 0);
        while (!_back.Wait(10))
        {
            var progress = _at.Sum();
            if (progress != seen)
            {
                (seen, since, late) = (progress, Environment.TickCount64, 0);
                continue;
            }

            var still = Environment.TickCount64 - since;
            var slowest = _at.Min();
            var stuck = Enumerable.Range(0, _threads.Length).Where(thread => _at[thread] == slowest).ToArray();
            var waiting = stuck.Where(thread => (_threads[thread].ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0).ToArray();
            if (still < (waiting.Length == stuck.Length ? StandingStill : Spinning))
            {
                continue;
            }

            // One at a time: the first to leave may set the others free, and those must not be hit later by mistake.
            _runs[slowest].Builder.GivenUp = true;
            if (waiting.Length > 0)
            {
                _threads[waiting[0]].Interrupt();
            }

            since = Environment.TickCount64;
            if (++late > 3 * _threads.Length)
            {
                throw new UncontrolledConcurrencyException($"\"{_runs[slowest].Builder.TaskName(stuck[0])}\" runs for ever without touching a controlled object: a loop that waits for something needs program.SpinOnce() in it.");
            }

            if (timeIsUp())
            {
                _end = slowest + 1;
            }
        }
    }

    private void Live(int number)
    {
        try
        {
#pragma warning disable SYSLIB0046 // The only way to end a user's endless loop without ending the process.
            ControlledExecution.Run(() => Work(number), _abort.Token);
#pragma warning restore SYSLIB0046
        }
        catch (Exception error) when (error is OperationCanceledException or ThreadInterruptedException)
        {
            // Stopped in the middle of something.
        }
    }

    private void Work(int number)
    {
        while (true)
        {
            _go[number].Wait();
            if (_stop)
            {
                return;
            }

            while (Volatile.Read(ref _at[number]) is var at && at < _end)
            {
                PlayOne(at, number);
                Volatile.Write(ref _at[number], at + 1);
            }

            _back.Signal();
        }
    }

    private void PlayOne(int at, int number)
    {
        var run = _runs[at];
        Interlocked.Increment(ref run.Arrived);
        var spin = new SpinWait();
        while (Volatile.Read(ref run.Arrived) < _threads.Length)
        {
            if (_stop || at >= _end)
            {
                return;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        try
        {
            _play(run, number);
        }
        catch (Exception error)
        {
            if (error is not ThreadInterruptedException)
            {
                Interlocked.Increment(ref run.Threw);
            }
        }
    }
}

/// <summary>Runs a program's asynchronous tasks for real on one thread.</summary>
internal static class StressTestLoop
{
    public static StressTestResult Run(ConcurrentProgram program, int times, TimeSpan budget, CancellationToken cancellationToken) =>
        StressTestThreads.Run(program, 1, (run, _) => Pump.Run(() => Task.WhenAll(run.Builder.Tasks.Select(task => task.Body() ?? Task.CompletedTask)), () => { }), times, budget, cancellationToken);
}
