using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ConcurrencyLab;

/// <summary>What a text is made of.</summary>
/// <param name="Words">Words in all.</param>
/// <param name="Pairs">Different pairs of words at most four words apart.</param>
/// <param name="Favourite">The most frequent pair; of several the first in the order of their characters.</param>
/// <param name="Times">How often it occurs.</param>
public sealed record Taste(int Words, int Pairs, string Favourite, int Times);

/// <summary>
/// Work that computes on what was downloaded: which words of the tasting notes keep company, most often and at most four words
/// apart? Counting in dictionaries costs Python only some times what it costs C#, so both can do the very same work.
/// <code>var taste = Tasting.Of(shop.Beans(1));</code>
/// </summary>
public static class Tasting
{
    private const string WhiteSpace = " \n\t\r\v\f";
    private const int Apart = 4;

    /// <summary>Counts the pairs of words. Cost: some 10 ms for 64 KB.</summary>
    /// <param name="notes">ASCII text; words are divided by white space.</param>
    public static Taste Of(byte[] notes)
    {
        ArgumentNullException.ThrowIfNull(notes);
        // Memory is borrowed and each word kept once: several threads that fill new memory would wait for each other.
        var letters = ArrayPool<char>.Shared.Rent(notes.Length);
        try
        {
            return Of(letters.AsSpan(0, Encoding.ASCII.GetChars(notes, letters)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(letters);
        }
    }

    private static Taste Of(ReadOnlySpan<char> text)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        var vocabulary = known.GetAlternateLookup<ReadOnlySpan<char>>();
        var pairs = new Dictionary<(string, string), int>();
        var before = new string[Apart];
        var words = 0;
        foreach (var range in text.SplitAny(WhiteSpace))
        {
            var letters = text[range];
            if (letters.IsEmpty)
            {
                continue;
            }

            if (!vocabulary.TryGetValue(letters, out var word))
            {
                known.Add(word = letters.ToString());
            }

            for (var distance = 1; distance <= Math.Min(Apart, words); distance++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(pairs, (before[(words - distance) % Apart], word), out _)++;
            }

            before[words++ % Apart] = word;
        }

        var times = pairs.Values.DefaultIfEmpty(0).Max();
        var favourite = pairs.Where(pair => pair.Value == times).Select(pair => $"{pair.Key.Item1} {pair.Key.Item2}").Order(StringComparer.Ordinal).FirstOrDefault("");
        return new Taste(words, pairs.Count, favourite, times);
    }
}
