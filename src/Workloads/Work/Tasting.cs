using System.Runtime.InteropServices;
using System.Text;

namespace ConcurrencyLab;

/// <summary>What a text is made of.</summary>
/// <param name="Words">Words in all.</param>
/// <param name="Pairs">Different pairs of neighbouring words.</param>
/// <param name="Favourite">The most frequent pair; of several the first in the order of their characters.</param>
/// <param name="Times">How often it occurs.</param>
public sealed record Taste(int Words, int Pairs, string Favourite, int Times);

/// <summary>
/// Work that computes on what was downloaded: which two words follow each other most often in tasting notes? Counting in
/// dictionaries costs Python about as much as C#, so both can do the very same work in about the same time.
/// <code>var taste = Tasting.Of(shop.Beans(1));</code>
/// </summary>
public static class Tasting
{
    /// <summary>Counts the pairs of words.</summary>
    /// <param name="notes">ASCII text; words are divided by white space.</param>
    public static Taste Of(byte[] notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        var words = Encoding.ASCII.GetString(notes).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var pairs = new Dictionary<(string, string), int>();
        for (var i = 1; i < words.Length; i++)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(pairs, (words[i - 1], words[i]), out _)++;
        }

        var times = pairs.Values.DefaultIfEmpty(0).Max();
        var favourite = pairs.Where(pair => pair.Value == times).Select(pair => $"{pair.Key.Item1} {pair.Key.Item2}").Order(StringComparer.Ordinal).FirstOrDefault("");
        return new Taste(words.Length, pairs.Count, favourite, times);
    }
}
