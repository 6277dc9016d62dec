using System.ComponentModel;

namespace ConcurrencyLab.Interleavings.Twins;

/// <summary>Stands for <see cref="Thread"/>: a real one that is never started, whose code a strand plays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinThread
{
    public static Thread New(int line, ThreadStart start, int maxStackSize = 0) => Remember(new Thread(start), _ => start());

    public static Thread New(int line, ParameterizedThreadStart start, int maxStackSize = 0) => Remember(new Thread(start), start.Invoke);

    public static void Start(int line, Thread thread) => Start(line, thread, null);

    public static void Start(int line, Thread thread, object? parameter)
    {
        if (Twin.Here(line) is not { } strand)
        {
            thread.Start(parameter);
            return;
        }

        var run = strand.Run;
        if (run.Facts.GetValueOrDefault(thread) is not Action<object?> body)
        {
            throw !run.Facts.ContainsKey(thread)
                ? new UncontrolledConcurrencyException($"the thread started in line {line.ToString(System.Globalization.CultureInfo.InvariantCulture)} was made outside of the program")
                : new ThreadStateException("Thread is running or terminated; it cannot restart.");
        }

        TwinEnd? ended = null;
        var name = run.Spawn(thread.Name is { Length: > 0 } own ? Word(own) : null, thread.IsBackground, () =>
        {
            body(parameter);
            Strand.Current!.Do(line, ended!, $"{ended!.Name} ends", () => ended.Ended = true);
        });
        run.Facts[thread] = ended = run.Builder.Keep(new TwinEnd(run.Builder, name));
    }

    public static void Join(int line, Thread thread)
    {
        if (Twin.Here(line) is { } strand)
        {
            var ended = EndOf(strand, thread);
            strand.Wait(line, ended, $"join {ended.Name}", () => ended.Ended);
        }
    }

    public static bool Join(int line, Thread thread, int millisecondsTimeout)
    {
        if (millisecondsTimeout == Timeout.Infinite)
        {
            Join(line, thread);
            return true;
        }

        return !IsAlive(line, thread);
    }

    public static bool Join(int line, Thread thread, TimeSpan timeout) => Join(line, thread, (int)timeout.TotalMilliseconds);

    public static bool IsAlive(int line, Thread thread)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return thread.IsAlive;
        }

        var ended = EndOf(strand, thread);
        strand.Do(line, ended, $"is {ended.Name} alive?", () => { }, looks: true);
        return !ended.Ended;
    }

    public static void Sleep(int line, int millisecondsTimeout) => Give(line, "sleep");

    public static void Sleep(int line, TimeSpan timeout) => Give(line, "sleep");

    public static bool Yield(int line)
    {
        Give(line, "yield");
        return true;
    }

    public static void SpinWait(int line, int iterations) => Give(line, "spin");

    /// <summary>Lets others go first.</summary>
    internal static void Give(int line, string what) => Strand.Current?.Step(Operation.GiveWay(what));

    /// <summary>A name that a schedule can be written with.</summary>
    private static string Word(string name) => string.Concat(name.Select(c => char.IsWhiteSpace(c) || c == '*' ? '_' : c));

    private static Thread Remember(Thread thread, Action<object?> body)
    {
        if (TwinRun.Current is { } run)
        {
            run.Facts[thread] = body;
        }

        return thread;
    }

    private static TwinEnd EndOf(Strand strand, Thread thread) => strand.Run.Facts.GetValueOrDefault(thread) as TwinEnd ?? throw new ThreadStateException("Thread has not been started.");
}

/// <summary>Whether a thread has ended.</summary>
internal sealed class TwinEnd(ProgramBuilder builder, string name) : ControlledObject(builder, name)
{
    public bool Ended { get; set; }

    internal override string State => Ended ? "ended" : "runs";
}

/// <summary>Stands for <see cref="ThreadPool"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinThreadPool
{
    public static bool QueueUserWorkItem(int line, WaitCallback callBack) => QueueUserWorkItem(line, callBack, null);

    public static bool QueueUserWorkItem(int line, WaitCallback callBack, object? state)
    {
        if (Twin.Here(line) is not { } strand)
        {
            return ThreadPool.QueueUserWorkItem(callBack, state);
        }

        strand.Run.Spawn(null, isBackground: true, () => callBack(state));
        return true;
    }
}

/// <summary>Stands for <see cref="Parallel"/>: a task for each item.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinParallel
{
    public static ParallelLoopResult For(int line, int fromInclusive, int toExclusive, Action<int> body) => ForEach(line, Enumerable.Range(fromInclusive, Math.Max(0, toExclusive - fromInclusive)), body);

    public static ParallelLoopResult For(int line, int fromInclusive, int toExclusive, ParallelOptions parallelOptions, Action<int> body) => For(line, fromInclusive, toExclusive, body);

    public static ParallelLoopResult ForEach<TSource>(int line, IEnumerable<TSource> source, Action<TSource> body)
    {
        All(line, source.Select(item => (Action)(() => body(item))));
        return default;
    }

    public static ParallelLoopResult ForEach<TSource>(int line, IEnumerable<TSource> source, ParallelOptions parallelOptions, Action<TSource> body) => ForEach(line, source, body);

    public static Task ForEachAsync<TSource>(int line, IEnumerable<TSource> source, Func<TSource, CancellationToken, ValueTask> body) =>
        TwinTask.WhenAll(line, source.Select(item => TwinTask.Run(line, () => body(item, CancellationToken.None).AsTask())).ToArray());

    public static Task ForEachAsync<TSource>(int line, IEnumerable<TSource> source, ParallelOptions parallelOptions, Func<TSource, CancellationToken, ValueTask> body) => ForEachAsync(line, source, body);

    public static void Invoke(int line, params Action[] actions) => All(line, actions);

    private static void All(int line, IEnumerable<Action> bodies) => TwinTask.WaitAll(line, bodies.Select(body => TwinTask.Run(line, body)).ToArray());
}

/// <summary>Stands for <see cref="TaskFactory"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinTaskFactory
{
    public static Task StartNew(int line, TaskFactory factory, Action action) => TwinTask.Run(line, action);

    public static Task StartNew(int line, TaskFactory factory, Action action, TaskCreationOptions creationOptions) => TwinTask.Run(line, action);

    public static Task StartNew(int line, TaskFactory factory, Action action, CancellationToken cancellationToken) => TwinTask.Run(line, action, cancellationToken);

    public static Task StartNew(int line, TaskFactory factory, Action action, CancellationToken cancellationToken, TaskCreationOptions creationOptions, TaskScheduler scheduler) => TwinTask.Run(line, action, cancellationToken);

    public static Task<TResult> StartNew<TResult>(int line, TaskFactory factory, Func<TResult> function) => TwinTask.Begin(line, function);

    public static Task<TResult> StartNew<TResult>(int line, TaskFactory factory, Func<TResult> function, TaskCreationOptions creationOptions) => TwinTask.Begin(line, function);
}

/// <summary>Stands for <see cref="SpinWait"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinSpinWait
{
    public static void SpinOnce(int line, SpinWait wait) => TwinThread.Give(line, "spin");

    public static void SpinOnce(int line, SpinWait wait, int sleep1Threshold) => TwinThread.Give(line, "spin");

    public static void SpinUntil(int line, Func<bool> condition)
    {
        var rounds = -1;
        while (!condition())
        {
            Twin.Spin(line, ref rounds);
        }
    }

    public static bool SpinUntil(int line, Func<bool> condition, int millisecondsTimeout)
    {
        TwinThread.Give(line, "spin");
        return condition();
    }
}

/// <summary>Stands for <see cref="TaskCompletionSource"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TwinTaskCompletionSource
{
    public static TaskCompletionSource New(int line, TaskCreationOptions creationOptions = TaskCreationOptions.None) => Known(new TaskCompletionSource(creationOptions), made => made.Task);

    public static TaskCompletionSource<TResult> New<TResult>(int line, TaskCreationOptions creationOptions = TaskCreationOptions.None) => Known(new TaskCompletionSource<TResult>(creationOptions), made => made.Task);

    public static void SetResult(int line, TaskCompletionSource source) => TwinCompletion.Complete(line, source.Task, source.SetResult);

    public static void SetResult<TResult>(int line, TaskCompletionSource<TResult> source, TResult result) => TwinCompletion.Complete(line, source.Task, () => source.SetResult(result));

    public static bool TrySetResult(int line, TaskCompletionSource source) => Try(line, source.Task, source.TrySetResult);

    public static bool TrySetResult<TResult>(int line, TaskCompletionSource<TResult> source, TResult result) => Try(line, source.Task, () => source.TrySetResult(result));

    public static void SetException(int line, TaskCompletionSource source, Exception exception) => TwinCompletion.Complete(line, source.Task, () => source.SetException(exception));

    public static void SetException<TResult>(int line, TaskCompletionSource<TResult> source, Exception exception) => TwinCompletion.Complete(line, source.Task, () => source.SetException(exception));

    public static bool TrySetException(int line, TaskCompletionSource source, Exception exception) => Try(line, source.Task, () => source.TrySetException(exception));

    public static bool TrySetException<TResult>(int line, TaskCompletionSource<TResult> source, Exception exception) => Try(line, source.Task, () => source.TrySetException(exception));

    public static void SetCanceled(int line, TaskCompletionSource source) => TwinCompletion.Complete(line, source.Task, source.SetCanceled);

    public static void SetCanceled<TResult>(int line, TaskCompletionSource<TResult> source) => TwinCompletion.Complete(line, source.Task, source.SetCanceled);

    public static bool TrySetCanceled(int line, TaskCompletionSource source) => Try(line, source.Task, source.TrySetCanceled);

    public static bool TrySetCanceled<TResult>(int line, TaskCompletionSource<TResult> source) => Try(line, source.Task, source.TrySetCanceled);

    private static bool Try(int line, Task task, Func<bool> complete)
    {
        var completed = false;
        TwinCompletion.Complete(line, task, () => completed = complete());
        return completed;
    }

    private static T Known<T>(T made, Func<T, Task> task)
    {
        if (TwinRun.Current is { } run)
        {
            TwinCompletion.Follow(run, task(made), "completion");
        }

        return made;
    }
}
