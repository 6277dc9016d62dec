using System.Globalization;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// The order in which tasks took their steps, written with their names: <c>A A B A B</c>, or <c>A*12 B</c> for many in a row.
/// It is all that is needed to run the same again, on any machine.
/// </summary>
internal static class Schedule
{
    /// <summary>Repeats longer than this are counted instead of written out.</summary>
    private const int WrittenOut = 4;

    public static string Write(IReadOnlyList<int> order, IReadOnlyList<string> names)
    {
        var words = new List<string>();
        for (var i = 0; i < order.Count;)
        {
            var end = i;
            while (end < order.Count && order[end] == order[i])
            {
                end++;
            }

            var name = names[order[i]];
            words.AddRange(end - i > WrittenOut ? [string.Create(CultureInfo.InvariantCulture, $"{name}*{end - i}")] : Enumerable.Repeat(name, end - i));
            i = end;
        }

        return string.Join(' ', words);
    }

    /// <exception cref="ArgumentException">A word is no task of the program.</exception>
    public static IReadOnlyList<int> Read(string order, string[] names)
    {
        ArgumentNullException.ThrowIfNull(order);
        var steps = new List<int>();
        foreach (var word in order.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split('*');
            var task = Array.IndexOf(names, parts[0]);
            var times = 1;
            if (task < 0 || parts.Length > 2 || parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out times) || times is < 1 or > 100_000))
            {
                throw new ArgumentException($"\"{word}\" is no step: write the tasks' names in the order in which they go, for example \"{string.Join(' ', names.Take(2))}\"; the tasks are {string.Join(", ", names)}.");
            }

            steps.AddRange(Enumerable.Repeat(task, times));
        }

        return steps;
    }
}
