using System.Reflection;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Where twins are compiled that no notebook's kernel compiles: in .NET Interactive and in ordinary projects.</summary>
public static class TwinCompilation
{
    /// <summary>Compiles the twin of a program.</summary>
    /// <param name="caller">The assembly in which the program is.</param>
    /// <param name="argument">The program as it is written.</param>
    /// <param name="file">The source file that it stands in; not that of a file in a notebook.</param>
    /// <param name="line">Its line there.</param>
    /// <param name="values">Types of the variables from outside that begin with the values that they have now.</param>
    /// <returns>The images, their entries and what is not seen of the code, by name.</returns>
    /// <exception cref="TwinException">The code cannot be explored.</exception>
    public static IReadOnlyDictionary<string, object> Compile(Assembly caller, string argument, string file, int line, IReadOnlyDictionary<string, Type> values)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return InteractiveCells.Current is { } cells
            ? CellCode.Compile(cells.Sources, cells.References, cells.Imports, argument, values)
            : File.Exists(file) ? ProjectCode.Compile(caller, argument, file, line, values)
            : throw new TwinException($"The source {(file.Length == 0 ? "of the program" : file)} is not there: what is explored is compiled from it once more.");
    }
}
