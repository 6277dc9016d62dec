namespace ConcurrencyLab.Interleavings;

/// <summary>
/// Which loops of a program wait for something, found by trying: at a place where a task goes round in vain, it is let go on
/// alone. Either it leaves the loop by itself (it gives up after some times, or only looked at a lot), and then going round is
/// a step like all others; or it has still not left after <see cref="Patience"/> steps, and then it waits for one of the
/// objects that it read meanwhile, and is held back until another task changes one.
/// </summary>
internal sealed class WaitingLoops
{
    /// <summary>Steps in vain after which a loop counts as one that waits.</summary>
    public const int Patience = 1000;

    /// <summary>A task that has left so many loops in a row is not tried any more: not to hold it back is always right, only slower.</summary>
    private const int Trials = 100;

    private readonly int[] _left = new int[Execution.MostTasks];
    private readonly Dictionary<(int Task, long History), List<(int[] Objects, long States, bool Waits)>> _tried = [];

    /// <summary>What is known about a task that has this history behind it; null when that was not tried yet.</summary>
    /// <returns>The objects that it waits for; none when it leaves by itself.</returns>
    public int[]? Find(int task, long history, IReadOnlyList<ControlledObject> objects)
    {
        if (_left[task] >= Trials)
        {
            return [];
        }

        foreach (var (read, states, waits) in _tried.GetValueOrDefault((task, history)) ?? [])
        {
            if (StatesOf(read, objects) == states)
            {
                return waits ? read : [];
            }
        }

        return null;
    }

    /// <summary>What was learnt of one place; a trial learns of many.</summary>
    public void Add(int task, long history, int[] objects, long states, bool waits)
    {
        if (!_tried.TryGetValue((task, history), out var tried))
        {
            _tried[(task, history)] = tried = [];
        }

        tried.Add((objects, states, waits));
    }

    /// <summary>A trial is over.</summary>
    public void Count(int task, bool waits) => _left[task] = waits ? 0 : _left[task] + 1;

    /// <summary>The state of some objects as a number.</summary>
    public static long StatesOf(IEnumerable<int> objects, IReadOnlyList<ControlledObject> all) =>
        objects.Aggregate(17L, (sum, index) => Mix(sum, index < all.Count ? all[index].History : 0));

    /// <summary>One number from two; the order matters (the finaliser of MurmurHash3).</summary>
    public static long Mix(long one, long other)
    {
        var mixed = unchecked((ulong)(31 * one + other + 0x5851F42D4C957F2D));
        mixed = (mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCD;
        mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53;
        return unchecked((long)(mixed ^ (mixed >> 33)));
    }
}
