using System.Diagnostics;
using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Many waits held at one moment: how long it took to start them and what memory each of them keeps.</summary>
/// <param name="Asked">How many were wanted.</param>
/// <param name="Waiting">How many came to wait.</param>
/// <param name="Milliseconds">Time until the last of them waited.</param>
/// <param name="BytesEach">Memory that one of them keeps in bytes: of a thread what is resident, of a task what the managed heap holds.</param>
/// <param name="Stopped">Why there are fewer than wanted; null when there are not.</param>
public sealed record ManyWaits(int Asked, int Waiting, double Milliseconds, double BytesEach, string? Stopped)
{
    // Of what a system allows: the user's other programs want threads, too.
    private const double OurShare = 0.5;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Threads that each stand and wait, in a worker process that ends with them, so that whatever the system says to so
    /// many costs the caller nothing. Stops early where the time or half of what the system allows is used up.
    /// </summary>
    /// <param name="count">How many, 1 to 1,000,000.</param>
    /// <param name="within">Time to start them in; 2 seconds when left out, a minute at most.</param>
    public static Task<ManyWaits> OfThreads(int count, TimeSpan? within = null) => Elsewhere(Request.For(count, within), HoldThreads);

    /// <summary>Tasks that each await a timer, in a worker process that ends with them.</summary>
    /// <inheritdoc cref="OfThreads"/>
    public static Task<ManyWaits> OfTasks(int count, TimeSpan? within = null) => Elsewhere(Request.For(count, within), HoldTasks);

    /// <summary>Crowds side by side.</summary>
    /// <param name="caption">What waits.</param>
    /// <param name="crowds">Who waits, and the crowd.</param>
    public static ResultTable Table(string caption, params (string Who, ManyWaits ManyWaits)[] crowds)
    {
        ArgumentNullException.ThrowIfNull(crowds);
        return new ResultTable(
            caption,
            ["", "wanted", "waiting", "started in", "each", "memory each", "in all"],
            [.. crowds.Select(row => (IReadOnlyList<string>)[
                row.Who, Quantity.Count(row.ManyWaits.Asked), Quantity.Count(row.ManyWaits.Waiting), Quantity.Time(row.ManyWaits.Milliseconds),
                Quantity.Time(row.ManyWaits.MillisecondsEach), Quantity.Memory(row.ManyWaits.BytesEach), Quantity.Memory(row.ManyWaits.BytesEach * row.ManyWaits.Waiting)])],
            [.. crowds.Where(row => row.ManyWaits.Stopped is not null).Select(row => $"{row.Who}: {row.ManyWaits.Stopped}")]);
    }

    /// <summary>Milliseconds to start one.</summary>
    public double MillisecondsEach => Milliseconds / Math.Max(1, Waiting);

    internal sealed record Request(int Count, int WithinMilliseconds)
    {
        public static Request For(int count, TimeSpan? within)
        {
            count.Within(1, 1_000_000, "A crowd is 1 to 1,000,000.");
            var time = (within ?? TimeSpan.FromSeconds(2)).Within(TimeSpan.FromTicks(1), Longest, "Give them some time to start in, a minute at most.", nameof(within));
            return new Request(count, (int)Math.Ceiling(time.TotalMilliseconds));
        }
    }

    private static async Task<ManyWaits> Elsewhere(Request request, Func<Request, ManyWaits> hold) =>
        (await Processes.Map([request], hold, workers: 1).ConfigureAwait(false))[0];

    internal static ManyWaits HoldThreads(Request request)
    {
        var allowed = Allowed();
        var most = Math.Min(request.Count, (int)(allowed * OurShare));
        var stopped = most < request.Count ? string.Create(CultureInfo.InvariantCulture, $"this system allows {allowed:#,0} threads; half of them are left to others.") : null;
        Start(); // compiled, and what the first one brings with it is no cost of the others
        var before = Environment.WorkingSet;
        var clock = Stopwatch.StartNew();
        var waiting = 0;
        try
        {
            for (; waiting < most; waiting++)
            {
                if (clock.ElapsedMilliseconds >= request.WithinMilliseconds)
                {
                    stopped = $"the time to start them, {Quantity.Time(request.WithinMilliseconds)}, was over.";
                    break;
                }

                Start();
            }
        }
        catch (Exception refused) when (refused is OutOfMemoryException or ThreadStartException)
        {
            stopped = "the system refused to start another.";
        }

        return new ManyWaits(request.Count, waiting, clock.Elapsed.TotalMilliseconds, Math.Max(0.0, Environment.WorkingSet - before) / Math.Max(1, waiting), stopped);

        // Start returns when the thread runs; it then sleeps until its process ends.
        static void Start() => new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }.Start();
    }

    internal static ManyWaits HoldTasks(Request request)
    {
        Task.WaitAny(Wait(), Task.Delay(1));
        var tasks = new Task[request.Count];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < tasks.Length; i++)
        {
            tasks[i] = Wait();
        }

        var took = clock.Elapsed.TotalMilliseconds;
        var each = Math.Max(0, GC.GetTotalMemory(forceFullCollection: true) - before) / (double)tasks.Length;
        GC.KeepAlive(tasks);
        return new ManyWaits(request.Count, tasks.Length, took, each, null);

        static async Task Wait() => await Task.Delay(TimeSpan.FromHours(1)).ConfigureAwait(false);
    }

    /// <summary>Threads that this system allows this process, as far as it tells: proc(5) and the control group's pids.max.</summary>
    private static double Allowed()
    {
        string[] files = ["/proc/sys/kernel/threads-max", "/proc/sys/kernel/pid_max", "/sys/fs/cgroup/pids.max"];
        return files.Select(file => File.Exists(file) && double.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var most) ? most : double.MaxValue)
            .Append(100_000).Min();
    }
}
