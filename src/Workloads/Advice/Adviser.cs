namespace ConcurrencyLab;

/// <summary>
/// Looks at work that you give it, says whether it waits or computes, recommends a way to run it on all items, and then
/// tries every way that applies and says whether it was right. The rules are those of the article's section <i>When to Use
/// What?</i>; for work that both waits and computes, the number of threads after Goetz, <i>Java Concurrency in Practice</i>,
/// section 8.2: cores ÷ the share of its time that an item computes.
/// <code>await Adviser.Ask("my pages", pages, page => Download(page))</code>
/// The work is run many times over, from several threads: it should be such that this does no harm.
/// </summary>
public static class Adviser
{
    /// <summary>How long an item that is looked at, and a way that is tried, may take when nothing else is asked for.</summary>
    private static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(4);

    /// <summary>A sequence without end would fill the memory before a word is said.</summary>
    private const int MostItems = 1_000_000;

    /// <summary>Asks about work that holds its thread until it has the answer.</summary>
    /// <param name="title">What the work is, for example <c>my pages</c>.</param>
    /// <param name="items">What to work on.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="limit">Longest time for one item looked at, and for all items in one way; 4 seconds when left out.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ArgumentException">There are no items, or more than a million.</exception>
    public static Task<Advice> Ask<TItem, TResult>(
        string title, IEnumerable<TItem> items, Func<TItem, TResult> work, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AskAsync(title, items, new BlockingJob<TItem, TResult>(work), limit, cancel);
    }

    /// <summary>Asks about work that holds its thread and gives no answer.</summary>
    /// <inheritdoc cref="Ask{TItem, TResult}(string, IEnumerable{TItem}, Func{TItem, TResult}, TimeSpan?, CancellationToken)"/>
    public static Task<Advice> Ask<TItem>(
        string title, IEnumerable<TItem> items, Action<TItem> work, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AskAsync(title, items, new BlockingJob<TItem, object?>(item => { work(item); return null; }) { HasAnswer = false }, limit, cancel);
    }

    /// <summary>Asks about asynchronous work.</summary>
    /// <inheritdoc cref="Ask{TItem, TResult}(string, IEnumerable{TItem}, Func{TItem, TResult}, TimeSpan?, CancellationToken)"/>
    public static Task<Advice> Ask<TItem, TResult>(
        string title, IEnumerable<TItem> items, Func<TItem, Task<TResult>> work, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AskAsync(title, items, new AwaitedJob<TItem, TResult>(work), limit, cancel);
    }

    /// <summary>Asks about asynchronous work that gives no answer.</summary>
    /// <inheritdoc cref="Ask{TItem, TResult}(string, IEnumerable{TItem}, Func{TItem, TResult}, TimeSpan?, CancellationToken)"/>
    public static Task<Advice> Ask<TItem>(
        string title, IEnumerable<TItem> items, Func<TItem, Task> work, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return AskAsync(title, items, new AwaitedJob<TItem, object?>(async item => { await work(item).ConfigureAwait(false); return null; }) { HasAnswer = false }, limit, cancel);
    }

    /// <summary>Asks about work in two steps: fetching, which waits, and computing on what was fetched.</summary>
    /// <inheritdoc cref="Ask{TItem, TResult}(string, IEnumerable{TItem}, Func{TItem, TResult}, TimeSpan?, CancellationToken)"/>
    /// <param name="title">What the work is.</param>
    /// <param name="items">What to work on.</param>
    /// <param name="fetch">The first step.</param>
    /// <param name="compute">The second step.</param>
    /// <param name="limit">Longest time for one item looked at, and for all items in one way; 4 seconds when left out.</param>
    /// <param name="cancel">Ends it.</param>
    public static Task<Advice> Ask<TItem, TBetween, TResult>(
        string title, IEnumerable<TItem> items, Func<TItem, Task<TBetween>> fetch, Func<TBetween, TResult> compute, TimeSpan? limit = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentNullException.ThrowIfNull(compute);
        return AskAsync(title, items, new TwoStepJob<TItem, TBetween, TResult>(fetch, compute), limit, cancel);
    }

    private static async Task<Advice> AskAsync<TItem, TResult>(string title, IEnumerable<TItem> items, Job<TItem, TResult> job, TimeSpan? limit, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(items);
        var longest = limit ?? UsualLimit;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, TimeSpan.Zero, nameof(limit));
        TItem[] all = [.. items.Take(MostItems + 1)];
        if (all.Length > MostItems)
        {
            throw new ArgumentException($"These are more than {Quantity.Count(MostItems, "item")}, or without end: give the adviser some of them, items.Take(1000) say.", nameof(items));
        }

        if (all.Length == 0)
        {
            throw new ArgumentException("There is nothing to work on: give at least one item.", nameof(items));
        }

        var profile = await Profiler.Profile(all, job, longest, cancel).ConfigureAwait(false);
        return profile.Problem is null
            ? await Trial.Hold(title, all, job, profile, longest, cancel).ConfigureAwait(false)
            : new Advice(title, profile, null, null, []);
    }
}
