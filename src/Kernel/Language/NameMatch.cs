namespace ConcurrencyLab.Kernel.Language;

/// <summary>How well a name fits what was typed, as an editor ranks it.</summary>
internal static class NameMatch
{
    /// <summary>0 fits best: the name itself, its beginning, its humps (<c>PFE</c> for <c>ParallelForEach</c>), humps further inside.</summary>
    /// <param name="name">A name that could be meant.</param>
    /// <param name="typed">What was typed of it.</param>
    /// <returns>Null when it does not fit.</returns>
    public static int? Rank(string name, string typed)
    {
        if (typed.Length == 0) return 0;
        if (name.StartsWith(typed, StringComparison.Ordinal)) return name.Length == typed.Length ? 0 : 2;
        if (name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)) return name.Length == typed.Length ? 1 : 3;
        // One letter is the beginning of a hump in half of all names.
        if (typed.Length == 1) return null;
        for (var start = 0; start < name.Length; start++)
        {
            if (!IsHump(name, start) || !FitsHumps(name, start, typed, 0)) continue;
            return start > 0 ? 6 : name[0] == typed[0] ? 4 : 5;
        }

        return null;
    }

    /// <summary>True when the rest of what was typed is made of beginnings of the name's humps, the first from a given one.</summary>
    private static bool FitsHumps(string name, int hump, string typed, int from)
    {
        for (var length = 0; from + length < typed.Length && hump + length < name.Length && IsSame(name[hump + length], typed[from + length]);)
        {
            length++;
            if (from + length == typed.Length) return true;
            for (var next = hump + length; next < name.Length; next++)
            {
                if (IsHump(name, next) && FitsHumps(name, next, typed, from + length)) return true;
            }
        }

        return false;
    }

    private static bool IsHump(string name, int index) =>
        index == 0
        || char.IsUpper(name[index]) && (!char.IsUpper(name[index - 1]) || index + 1 < name.Length && char.IsLower(name[index + 1]))
        || char.IsLetterOrDigit(name[index]) && name[index - 1] == '_'
        || char.IsDigit(name[index]) && !char.IsDigit(name[index - 1]);

    private static bool IsSame(char one, char other) => char.ToUpperInvariant(one) == char.ToUpperInvariant(other);
}
