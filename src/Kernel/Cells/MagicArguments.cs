using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Cells;

/// <summary>What stands behind a magic that has options, as .NET Interactive writes them.</summary>
internal static partial class MagicArguments
{
    private static readonly string[] Languages = ["csharp", "python"];

    /// <summary>The interpreter behind <c>#!python</c>; null when none is named.</summary>
    /// <exception cref="CellSyntaxException">There is something else.</exception>
    public static string? InterpreterIn(string argument, int line) => Read(argument, line, "#!python --interpreter python3.13", "--interpreter") is var (options, rest) && rest.Count == 0
        ? options.GetValueOrDefault("--interpreter")
        : throw new CellSyntaxException($"#!python does not know {rest[0]}; its code begins on the next line.", line);

    /// <summary><c>#!share --from python x</c>, with <c>--as y</c> under another name.</summary>
    /// <exception cref="CellSyntaxException">Something is missing or unknown.</exception>
    public static SharePart Share(string argument, bool toPython, int line)
    {
        const string Example = "#!share --from python name, or #!share --from csharp name";
        var (options, rest) = Read(argument, line, Example, "--from", "--as", "--mime-type");
        return options.TryGetValue("--from", out var from) && rest is [var name]
            ? new SharePart(Language(from, line), name, options.GetValueOrDefault("--as", name), toPython, line)
            : throw new CellSyntaxException($"#!share needs a language and a variable: {Example}.", line);
    }

    /// <summary><c>#!set --name x --value @python:y</c>, or a value itself.</summary>
    /// <exception cref="CellSyntaxException">Something is missing or unknown.</exception>
    public static SharePart Set(string argument, bool toPython, int line)
    {
        const string Example = "#!set --name x --value @python:y";
        var (options, rest) = Read(argument, line, Example, "--name", "--value", "--mime-type");
        if (!options.TryGetValue("--name", out var name) || !options.TryGetValue("--value", out var value) || rest.Count > 0)
            throw new CellSyntaxException($"#!set needs a name and a value: {Example}.", line);
        return value.Split(':', 2) is [['@', .. var language], var source] ? new SharePart(Language(language, line), source, name, toPython, line) : new SharePart(null, value, name, toPython, line);
    }

    private static string Language(string name, int line) => Languages.Contains(name) ? name
        : throw new CellSyntaxException($"There is no language {name} here to take a value from; {string.Join(" and ", Languages)} there are.", line);

    private static (Dictionary<string, string> Options, List<string> Others) Read(string argument, int line, string example, params string[] known)
    {
        var words = Word().Matches(argument).Select(word => word.Value.Trim('"')).ToList();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> rest = [];
        for (var index = 0; index < words.Count; index++)
        {
            if (!words[index].StartsWith("--", StringComparison.Ordinal)) rest.Add(words[index]);
            else if (!known.Contains(words[index])) throw new CellSyntaxException($"{words[index]} is unknown here: {example}.", line);
            else if (index + 1 == words.Count) throw new CellSyntaxException($"{words[index]} needs a value: {example}.", line);
            else options[words[index]] = words[++index];
        }

        return (options, rest);
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Word();
}
