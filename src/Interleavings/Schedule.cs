using System.Globalization;

namespace ConcurrencyLab.Interleavings;

/// <summary>
/// The order in which tasks took their steps, written with their names: <c>A A B A B</c>, or <c>A*12 B</c> for many in a row; <c>A:1</c>
/// where a step can end in several ways and it is not the first of them.
/// It is all that is needed to run the same again, on any machine.
/// </summary>
internal static class Schedule
{
    /// <summary>Repeats longer than this are counted instead of written out.</summary>
    private const int WrittenOut = 4;

    public static string Write(IReadOnlyList<Choice> order, IReadOnlyList<string> names)
    {
        var words = new List<string>();
        for (var i = 0; i < order.Count;)
        {
            var end = i;
            while (end < order.Count && order[end] == order[i])
            {
                end++;
            }

            var name = names[order[i].Task] + (order[i].Option == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{order[i].Option}"));
            words.AddRange(end - i > WrittenOut ? [string.Create(CultureInfo.InvariantCulture, $"{name}*{end - i}")] : Enumerable.Repeat(name, end - i));
            i = end;
        }

        return string.Join(' ', words);
    }

    /// <param name="order">The words.</param>
    /// <param name="isTask">Whether this is the name of a task.</param>
    /// <param name="names">Names to tell someone who wrote another.</param>
    /// <exception cref="ArgumentException">A word is no step.</exception>
    public static IReadOnlyList<(string Name, int Option)> Read(string order, Func<string, bool> isTask, Func<IReadOnlyList<string>> names)
    {
        ArgumentNullException.ThrowIfNull(order);
        var steps = new List<(string, int)>();
        foreach (var word in order.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split('*');
            var which = parts[0].Split(':');
            var (times, option) = (1, 0);
            if (!isTask(which[0]) || which.Length > 2 || which.Length == 2 && !IsNumber(which[1], 0, out option)
                || parts.Length > 2 || parts.Length == 2 && !IsNumber(parts[1], 1, out times))
            {
                throw new ArgumentException($"\"{word}\" is no step: write the tasks' names in the order in which they go, for example \"{string.Join(' ', names().Take(2))}\"; the tasks are {string.Join(", ", names())}.");
            }

            steps.AddRange(Enumerable.Repeat((which[0], option), times));
        }

        return steps;
    }

    private static bool IsNumber(string text, int least, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= 100_000;
}
