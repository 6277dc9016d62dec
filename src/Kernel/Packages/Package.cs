using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Packages;

/// <summary>A NuGet package that a cell asks for.</summary>
/// <param name="Name">The package's id.</param>
/// <param name="Version">An exact version or a range; <c>*</c> for the newest stable one.</param>
internal sealed partial record Package(string Name, string Version)
{
    /// <summary>Reads what stands in <c>#r "nuget: Name, 1.2.3"</c>.</summary>
    /// <returns>Null when the argument names a file.</returns>
    /// <exception cref="FormatException">It begins as a package but is none; the message says what to write.</exception>
    public static Package? Parse(string argument)
    {
        if (!argument.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase)) return null;
        var match = Form().Match(argument["nuget:".Length..]);
        return match.Success
            ? new Package(match.Groups[1].Value, match.Groups[2].Success ? match.Groups[2].Value : "*")
            : throw new FormatException($"#r \"{argument}\" is not a package: write #r \"nuget: Name, 1.2.3\".");
    }

    /// <summary>True of one version, as opposed to a range or the newest.</summary>
    public bool IsExact => !Version.AsSpan().ContainsAny("*(,)");

    /// <summary>True when a version is the one asked for, however it was written: <c>13.0.1</c>, <c>13.0.1.0</c>, <c>[13.0.1]</c>.</summary>
    public bool Names(string version) => string.Equals(Normal(Version), Normal(version), StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Version == "*" ? Name : $"{Name} {Version}";

    private static string Normal(string version)
    {
        // What follows a plus is no part of a version's identity.
        var parts = version.Trim('[', ']').Split('+')[0].Split('-', 2);
        return System.Version.TryParse(parts[0].Contains('.', StringComparison.Ordinal) ? parts[0] : parts[0] + ".0", out var number)
            ? FormattableString.Invariant($"{number.Major}.{number.Minor}.{Math.Max(0, number.Build)}.{Math.Max(0, number.Revision)}-{string.Concat(parts[1..])}")
            : version;
    }

    // The characters that NuGet itself allows; anything else never reaches the generated project.
    [GeneratedRegex(@"^\s*([A-Za-z0-9_][\w.-]*)\s*(?:,\s*([\w.*+\-\[\]\(\),]+)\s*)?$")]
    private static partial Regex Form();
}
