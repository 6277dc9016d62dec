using System.Text;

namespace ConcurrencyLab;

/// <summary>Text to compress and to encrypt: made up, always the same for the same seed and item, with some redundancy in it.</summary>
public static class SeededText
{
    private static readonly string[] Words = (
        "the of and a to in is was that it for on with as he be at by had not are but from or have an they which one you were her all she there " +
        "would their we him been has when who will more no if out so said what up its about into than them can only other new some could time these two may then do first any my now such like our over " +
        "thread task lock core queue wait signal order cup milk bean roast grinder counter morning").Split(' ');

    /// <summary>Lines of words, ASCII, exactly <paramref name="length"/> bytes.</summary>
    /// <param name="seed">Chooses the text.</param>
    /// <param name="item">Which text of that seed.</param>
    /// <param name="length">Bytes, at least 0.</param>
    public static byte[] Bytes(int seed, int item, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var random = new SplitMix64(seed, item);
        var text = new StringBuilder(length + 32);
        while (text.Length < length)
        {
            // The product of two uniform choices prefers early words, as language does.
            text.Append(Words[(int)(random.NextDouble() * random.NextDouble() * Words.Length)]);
            text.Append(random.Next(12) == 0 ? '\n' : ' ');
        }
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
