using System.Globalization;

namespace ConcurrencyLab.Interleavings;

/// <summary>Something that tasks of a <see cref="ProgramBuilder"/> share: every access to it is a step that the scheduler orders.</summary>
public abstract class ControlledObject
{
    private protected ControlledObject(ProgramBuilder builder, string name) => (Builder, Name) = (builder, name);

    /// <summary>Its name in pictures and messages.</summary>
    public string Name { get; }

    internal ProgramBuilder Builder { get; }

    /// <summary>Its place among all of its builder: the same in every run.</summary>
    internal int Index { get; set; }

    /// <summary>Its state in a few characters, shown between steps.</summary>
    internal abstract string State { get; }

    /// <summary>A value as people read it, whatever the machine's culture.</summary>
    internal static string Show(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{Quantity.Shortened(text, 14)}\"",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quantity.Shortened(value.ToString() ?? "", 16),
    };
}
