using System.Collections;
using System.Globalization;
using System.Text.Json;

namespace ConcurrencyLab;

/// <summary>A script of <c>notebooks/python</c> with its options.</summary>
internal sealed class PythonScript
{
    // Where something lies on this machine differs from run to run and is not what was measured.
    private static readonly string[] Places = ["path", "folder", "port"];
    private readonly List<(string Name, object Value)> _arguments;

    /// <exception cref="FileNotFoundException">There is no such script; the message says where it was looked for.</exception>
    /// <exception cref="ArgumentException">It is not the name of a file in that folder.</exception>
    internal PythonScript(string name, object? arguments)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (Path.GetFileName(name) != name)
        {
            throw new ArgumentException($"\"{name}\" is a path: give the name of a file in notebooks/python.", nameof(name));
        }

        var folders = Folders().ToList();
        Name = name;
        File = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(System.IO.File.Exists)
            ?? throw new FileNotFoundException($"There is no {name} in {string.Join(" or ", folders)}.");
        _arguments = arguments is null ? [] : [.. arguments.GetType().GetProperties()
            .Where(property => property.GetValue(arguments) is not null)
            .Select(property => (Option(property.Name), property.GetValue(arguments)!))];
    }

    internal string Name { get; }

    /// <summary>Its full path.</summary>
    internal string File { get; }

    /// <summary>What a command line says: options and their values.</summary>
    internal IEnumerable<string> CommandLine() => _arguments.SelectMany(argument =>
        argument.Value is IEnumerable many and not string
            ? [$"--{argument.Name}", .. many.Cast<object>().Select(Text)]
            : new[] { $"--{argument.Name}={Text(argument.Value)}" });

    /// <summary>Which work it is.</summary>
    /// <param name="anyWorkers">True for the same work with however many workers: another machine has other cores.</param>
    internal string Key(bool anyWorkers = false) => string.Join(' ', _arguments
        .Where(argument => !Places.Contains(argument.Name) && !(anyWorkers && argument.Name == "workers"))
        .OrderBy(argument => argument.Name, StringComparer.Ordinal)
        .Select(argument => $"--{argument.Name}={JsonSerializer.Serialize(Asked(argument.Value))}"));

    /// <summary>Beside the notebook that is running, or else where the repository keeps them.</summary>
    private static IEnumerable<string> Folders()
    {
        yield return Path.Combine(Directory.GetCurrentDirectory(), "python");
        if (Path.GetDirectoryName(typeof(PythonScript).Assembly.Location) is { Length: > 0 } lab)
        {
            yield return Path.GetFullPath(Path.Combine(lab, "..", "..", "notebooks", "python"));
        }
    }

    /// <summary>Of an address what is asked there, not where: how long an order takes, and not the port of today's shop.</summary>
    private static object Asked(object value) =>
        value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address.PathAndQuery : value;

    private static string Option(string name) => name.ToLowerInvariant().Replace('_', '-');

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
