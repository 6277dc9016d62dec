using System.Diagnostics;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Runs a program's tasks on real threads, batch after batch, and notices when they stand still. Each task has a thread of its
/// own; those of an event loop share one.
/// </summary>
internal sealed class StressTestThreads : IDisposable
{
    private const int Batch = 128;

    /// <summary>Threads that all wait, for so long, wait for each other.</summary>
    private const int StandingStill = 250;

    /// <summary>Threads that run without getting anywhere may only lack a processor for a while.</summary>
    private const int Spinning = 1000;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly ConcurrentProgram _program;
    private readonly TaskThreads _threads;
    private readonly int[] _at;
    private volatile ProgramBuilder[] _runs = [];
    private volatile int _end;

    private StressTestThreads(ConcurrentProgram program, CancellationToken cancellationToken)
    {
        _program = program;
        _threads = new TaskThreads(Timeout.InfiniteTimeSpan, cancellationToken);
        _at = new int[program.IsOnEventLoop ? 1 : program.Build(real: true).Tasks.Count];
        for (var thread = 0; thread < _at.Length; thread++)
        {
            var number = thread;
            _threads[thread].Job = () => Work(number);
        }
    }

    /// <exception cref="UncontrolledConcurrencyException">A task loops for ever without touching a controlled object.</exception>
    public static StressTestResult Run(ConcurrentProgram program, int times, TimeSpan budget, CancellationToken cancellationToken)
    {
        using var crew = new StressTestThreads(program, cancellationToken);
        var clock = Stopwatch.StartNew();
        int runs = 0, broken = 0, threw = 0, hung = 0;
        int? first = null;
        while (runs < times && (clock.Elapsed < budget || runs == 0))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = runs == 0 ? 1 : Math.Min(Batch, times - runs);
            crew._runs = [.. Enumerable.Range(0, size).Select(_ => program.Build(real: true))];
            // When the time is up, what has begun is ended and the rest of the batch is not counted.
            crew.Play(() => clock.Elapsed > budget);
            foreach (var run in crew._runs.Take(crew._end))
            {
                runs++;
                if (run.GivenUp)
                {
                    hung++;
                }
                else if (run.Threw > 0)
                {
                    threw++;
                }
                else if (!run.Postconditions.Concat(run.Invariants).All(check => check.Holds()))
                {
                    broken++;
                }
                else
                {
                    continue;
                }

                first ??= runs;
            }
        }

        return new StressTestResult(program.Name, crew._at.Length, times, runs, broken, threw, hung, first, clock.Elapsed);
    }

    public void Dispose()
    {
        _end = 0;
        _threads.Dispose();
    }

    private void Play(Func<bool> timeIsUp)
    {
        Array.Clear(_at);
        _end = _runs.Length;
        var threads = Enumerable.Range(0, _at.Length).Select(number => _threads[number]).ToArray();
        Array.ForEach(threads, thread => thread.Pass());
        var (seen, since, late) = (-1, Environment.TickCount64, 0);
        for (var back = 0; back < threads.Length;)
        {
            if (_threads.IsBack(Glance))
            {
                back++;
                continue;
            }

            var progress = _at.Sum();
            if (progress != seen)
            {
                (seen, since, late) = (progress, Environment.TickCount64, 0);
                continue;
            }

            var still = Environment.TickCount64 - since;
            var slowest = _at.Min();
            var stuck = Enumerable.Range(0, threads.Length).Where(thread => _at[thread] == slowest).ToArray();
            var waiting = stuck.Where(thread => (threads[thread].Thread.ThreadState & System.Threading.ThreadState.WaitSleepJoin) != 0).ToArray();
            if (still < (waiting.Length == stuck.Length ? StandingStill : Spinning))
            {
                continue;
            }

            // One at a time: the first to leave may set the others free, and those must not be hit later by mistake.
            _runs[slowest].GivenUp = true;
            _runs[slowest].InterruptStarted();
            if (waiting.Length > 0)
            {
                threads[waiting[0]].Thread.Interrupt();
            }

            since = Environment.TickCount64;
            if (++late > 3 * threads.Length)
            {
                throw new UncontrolledConcurrencyException($"\"{_runs[slowest].TaskName(stuck[0])}\" runs for ever without touching a controlled object: a loop that waits for something needs program.SpinOnce() in it.");
            }

            if (timeIsUp())
            {
                _end = slowest + 1;
            }
        }
    }

    private void Work(int number)
    {
        while (Volatile.Read(ref _at[number]) is var at && at < _end)
        {
            PlayOne(_runs[at], at, number);
            Volatile.Write(ref _at[number], at + 1);
        }

        _threads.GiveBack();
    }

    private void PlayOne(ProgramBuilder run, int at, int number)
    {
        Interlocked.Increment(ref run.Arrived);
        var spin = new SpinWait();
        while (Volatile.Read(ref run.Arrived) < _at.Length)
        {
            if (at >= _end)
            {
                return;
            }

            spin.SpinOnce(sleep1Threshold: -1);
        }

        try
        {
            if (_program.IsOnEventLoop)
            {
                Pump.Run(() => Task.WhenAll(run.Tasks.Select(task => task.Body() ?? Task.CompletedTask)));
            }
            else
            {
                run.Tasks[number].Body()?.GetAwaiter().GetResult();
            }
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
