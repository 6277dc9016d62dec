using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab;

/// <summary>What Python code is called with: the properties of an object, by their names. Null stands for the default of the parameter.</summary>
internal sealed class PythonArguments
{
    // Where something lies on this machine differs from run to run and is not what was measured.
    private static readonly string[] Places = ["path", "folder", "port"];
    private readonly List<(string Name, object Value)> _named;

    /// <exception cref="ArgumentException">It is a value and no object of named ones.</exception>
    internal PythonArguments(object? arguments)
    {
        if (arguments is IEnumerable or IConvertible or Delegate)
        {
            throw new ArgumentException($"A {arguments.GetType().Name} has no names: give an object whose properties are named like the parameters, as in new {{ count = 20 }}.", nameof(arguments));
        }

        _named = [.. from property in arguments?.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? []
                     let value = property.GetValue(arguments)
                     where value is not null
                     select (property.Name, value)];
    }

    /// <summary>What a command line says: options and their values.</summary>
    internal IEnumerable<string> ToCommandLine() => _named.SelectMany(argument =>
        argument.Value is IEnumerable many and not string
            ? [$"--{Option(argument.Name)}", .. many.Cast<object>().Select(Text)]
            : new[] { $"--{Option(argument.Name)}={Text(argument.Value)}" });

    /// <summary>An object for a function that is called by name.</summary>
    /// <exception cref="ArgumentException">A value is none that JSON can carry.</exception>
    internal JsonObject ToJson() => new(_named.Select(argument => KeyValuePair.Create(argument.Name, Crossing(argument.Name, argument.Value))));

    /// <summary>Tells one set of arguments from another, the same on every machine.</summary>
    /// <param name="anyWorkers">Whether the number of workers is left out.</param>
    internal string Key(bool anyWorkers) => string.Join(' ', _named
        .Select(argument => (Name: Option(argument.Name), argument.Value))
        .Where(argument => !Places.Contains(argument.Name) && !(anyWorkers && argument.Name == "workers"))
        .OrderBy(argument => argument.Name, StringComparer.Ordinal)
        .Select(argument => $"--{argument.Name}={JsonSerializer.Serialize(Asked(argument.Value))}"));

    private static JsonNode? Crossing(string name, object value)
    {
        try
        {
            return JsonSerializer.SerializeToNode(value, Answers.Json);
        }
        catch (Exception cannot) when (cannot is NotSupportedException or JsonException or InvalidOperationException)
        {
            throw new ArgumentException($"{name} cannot be handed to Python: numbers, texts, lists and records of them can, a {value.GetType().Name} cannot.", cannot);
        }
    }

    /// <summary>Of an address what is asked there, not where: how long an order takes, and not the port of today's shop.</summary>
    private static object Asked(object value) =>
        value is string text && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address.PathAndQuery : value;

    private static string Option(string name) => name.ToLowerInvariant().Replace('_', '-');

    private static string Text(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
