using System.Globalization;

namespace ConcurrencyLab;

/// <summary>Something that tasks of a <see cref="World"/> share: every access to it is a step that the scheduler orders.</summary>
public abstract class StandIn
{
    private protected StandIn(World world, string name) => (World, Name) = (world, name);

    /// <summary>Its name in pictures and messages.</summary>
    public string Name { get; }

    internal World World { get; }

    /// <summary>Its place among all of its world: the same in every run.</summary>
    internal int Index { get; set; }

    /// <summary>Its state in a few characters, shown between steps.</summary>
    internal abstract string State { get; }

    /// <summary>A value as people read it, whatever the machine's culture.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{Quantity.Short(text, 14)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quantity.Short(value.ToString() ?? "", 16),
    };
}
