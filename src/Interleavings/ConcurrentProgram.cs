using System.Runtime.CompilerServices;
using ConcurrencyLab.Interleavings.Twins;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// A small concurrent program whose schedules can be chosen: run in a given order, searched for one that breaks it, proved to
/// have none within a bound, or run for real. Its tasks are ordinary C#; what they share they get from a <see cref="ProgramBuilder"/>.
/// <code>
/// var counting = ConcurrentProgram.OfThreads("lost update", program =>
/// {
///     var count = program.Shared("count", 0);
///     program.Task("A", () => count.Value = count.Value + 1);
///     program.Task("B", () => count.Value = count.Value + 1);
///     program.Postcondition("count is 2", () => count.Value == 2);
/// });
/// counting.Explore()
/// </code>
/// </summary>
/// <remarks>
/// Microsoft Coyote explores schedules of unchanged programs, but takes control only of assemblies that its tool has rewritten
/// on disk before they are loaded; a cell is compiled in memory and loaded at once. Controlled objects need no rewriting, and users
/// see where the scheduler can come in. Ideas: VeriSoft (Godefroid 1997), CHESS (Musuvathi and Qadeer 2007), Coyote, loom,
/// shuttle and dejafu.
/// </remarks>
public sealed class ConcurrentProgram
{
    private readonly Action<ProgramBuilder> _build;

    private ConcurrentProgram(string name, Action<ProgramBuilder> build, bool onEventLoop)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(build);
        (Name, _build, IsOnEventLoop) = (name, build, onEventLoop);
    }

    /// <summary>Its name, above its pictures.</summary>
    public string Name { get; }

    /// <summary>Whether its tasks take turns on one thread and change only where one awaits.</summary>
    public bool IsOnEventLoop { get; }

    /// <summary>A program whose tasks are threads: between any two accesses to what they share, another may run.</summary>
    /// <param name="name">What the program is about.</param>
    /// <param name="build">Makes what is shared, the tasks and the checks; called anew for every run.</param>
    public static ConcurrentProgram OfThreads(string name, Action<ProgramBuilder> build) => new(name, build, onEventLoop: false);

    /// <summary>A program whose asynchronous tasks share one thread: another runs only where one awaits.</summary>
    /// <inheritdoc cref="OfThreads"/>
    public static ConcurrentProgram OnEventLoop(string name, Action<ProgramBuilder> build) => new(name, build, onEventLoop: true);

    /// <summary>
    /// A program as people write it: a lambda or a method with threads, tasks, locks, <c>await</c> and plain variables. What is
    /// explored is a twin of it, compiled from its own source with a scheduling point at every access to what its threads share;
    /// <see cref="StressTest"/> runs the original. What must hold it says itself, with <see cref="Check.That"/>.
    /// <code>
    /// ConcurrentProgram.OfCode("lost update", () =>
    /// {
    ///     var count = 0;
    ///     var a = new Thread(() => count++);
    ///     var b = new Thread(() => count++);
    ///     a.Start(); b.Start(); a.Join(); b.Join();
    ///     Check.That(count == 2);
    /// }).Explore()
    /// </code>
    /// </summary>
    /// <param name="name">What the program is about.</param>
    /// <param name="code">Makes all that it shares by itself; called anew for every run. Numbers and texts from outside begin with the values that they have now.</param>
    /// <param name="argument">Filled in by the compiler: the code's source.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    public static ConcurrentProgram OfCode(string name, Action code, [CallerArgumentExpression(nameof(code))] string argument = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Of(name, code, argument, file, line);

    /// <inheritdoc cref="OfCode(string, Action, string, string, int)"/>
    public static ConcurrentProgram OfCode(string name, Func<Task> code, [CallerArgumentExpression(nameof(code))] string argument = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Of(name, code, argument, file, line);

    private static ConcurrentProgram Of(string name, Delegate code, string argument, string file, int line)
    {
        ArgumentNullException.ThrowIfNull(code);
        var twin = new TwinCode(code, argument, file, line);
        return new(name, twin.Build, onEventLoop: false) { Code = twin };
    }

    /// <summary>The code that it is made of; null where it is made of controlled objects.</summary>
    internal TwinCode? Code { get; private init; }

    /// <summary>
    /// Searches for a schedule that breaks it: a first look with reduction, some schedules drawn by lot, all with no, one and
    /// two preemptions, then all there are, with reduction. Returns one that fails and is easy to follow, or that nothing
    /// fails, what was covered, and what could not be seen.
    /// </summary>
    /// <exception cref="UncontrolledConcurrencyException">A task computes for ever or waits for what the scheduler does not control.</exception>
    /// <exception cref="InvalidOperationException">The program is not the same every time.</exception>
    public Exploration Explore(CancellationToken cancellationToken = default)
    {
        return Explored(new ExploreOptions(), explorer => explorer.SimplestFirst(), cancellationToken);
    }

    /// <summary>Goes through all schedules within the options, depth first.</summary>
    /// <inheritdoc cref="Explore(CancellationToken)"/>
    public Exploration Explore(ExploreOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Explored(options, explorer => explorer.Systematic(), cancellationToken);
    }

    /// <summary>All schedules that interrupt tasks at most that often.</summary>
    /// <inheritdoc cref="Explore(CancellationToken)"/>
    public Exploration Explore(int maxPreemptions, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxPreemptions);
        return Explore(new ExploreOptions { MaxPreemptions = maxPreemptions, StopAtFailure = false }, cancellationToken);
    }

    /// <summary>Draws schedules by lot until one breaks it; for programs too large to explore.</summary>
    /// <param name="seed">The same seed draws the same schedules on every machine.</param>
    /// <param name="schedules">Most schedules drawn.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="Explore(CancellationToken)"/>
    public Exploration ExploreAtRandom(int seed, int schedules = 10_000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(schedules, 1);
        return Explored(new ExploreOptions(), explorer => explorer.Random(seed, schedules), cancellationToken);
    }

    /// <summary>
    /// Draws priorities of tasks by lot until a schedule breaks it: for programs too large to explore, with a guarantee
    /// (probabilistic concurrency testing, Burckhardt and others 2010). In a program of n tasks and k steps, each schedule
    /// meets a mistake that needs d steps in a certain order with a probability of at least 1/(n·k^(d−1)).
    /// </summary>
    /// <param name="seed">The same seed draws the same schedules on every machine.</param>
    /// <param name="depth">d, 1 or more: 2 for most races, 3 for those that need an interruption and a return.</param>
    /// <param name="schedules">Most schedules drawn.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <inheritdoc cref="Explore(CancellationToken)"/>
    public Exploration ExploreByPriority(int seed, int depth = 3, int schedules = 10_000, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(schedules, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 100);
        return Explored(new ExploreOptions(), explorer => explorer.Priorities(seed, depth, schedules), cancellationToken);
    }

    /// <summary>Runs it in this order of steps and shows how far that goes: be the scheduler.</summary>
    /// <param name="order">
    /// Names of tasks, one for each step: <c>"A A B A B"</c>, or <c>"A*12 B"</c>; <c>"A:1"</c> for the second of the ways in
    /// which a step can end.
    /// </param>
    /// <exception cref="ArgumentException">A word is no task of the program.</exception>
    /// <inheritdoc cref="Explore(CancellationToken)"/>
    public ScheduleRun Run(string order)
    {
        using var explorer = new Explorer(this, new ExploreOptions(), CancellationToken.None);
        return explorer.Follow(order);
    }

    /// <summary>
    /// Runs it on real threads with real locks, with no scheduler but the system's, and counts how often it breaks. The
    /// tasks of a run start as close together as threads can; a shared variable costs a few nanoseconds an access.
    /// </summary>
    /// <param name="times">Most runs.</param>
    /// <param name="seconds">The time for it; fewer runs when they do not fit.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public StressTestResult StressTest(int times = 1_000_000, double seconds = 1.5, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(seconds);
        return StressTestThreads.Run(this, times, TimeSpan.FromSeconds(seconds), cancellationToken);
    }

    /// <summary>
    /// Explores it. Of ordinary code it is not known before which variables its threads share: some runs drawn by lot show most
    /// of them, and where the exploration finds another one, it begins anew.
    /// </summary>
    private Exploration Explored(ExploreOptions options, Func<Explorer, Exploration> how, CancellationToken cancellationToken)
    {
        const int Draws = 20;
        for (var draw = Code is not null; draw; draw = Code!.Findings.Settle())
        {
            using var learner = new Explorer(this, options, cancellationToken);
            learner.Random(seed: 1, Draws);
        }

        while (true)
        {
            using var explorer = new Explorer(this, options, cancellationToken);
            var exploration = how(explorer);
            if (Code?.Findings.Settle() != true)
            {
                return exploration;
            }
        }
    }

    internal ProgramBuilder Build(bool real)
    {
        var builder = new ProgramBuilder(real);
        _build(builder);
        return builder.Tasks.Count > 0 ? builder : throw new InvalidOperationException($"\"{Name}\" has no tasks: add some with program.Task(name, body).");
    }
}
