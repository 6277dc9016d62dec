using System.Diagnostics.CodeAnalysis;
using ConcurrencyLab.Kernel.Output;

namespace ConcurrencyLab.Interactive;

/// <summary>What cells can call without a <c>using</c> in a Jupyter front end; the names are those of .NET Interactive's own.</summary>
[SuppressMessage("Style", "IDE1006:Naming Styles", Justification = "Users type these names; .NET Interactive chose them.")]
public static class TopLevelMethods
{
    /// <summary>What the running cell reads from; a process has one session.</summary>
    internal static CellConsole? Console { get; set; }

    /// <summary>Asks the person in front of the notebook for a line of text.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs unattended.</exception>
    public static string input(string prompt = "") => Ask(prompt, isPassword: false);

    /// <summary>Asks for a line of text without showing it.</summary>
    /// <exception cref="InvalidOperationException">The notebook runs unattended.</exception>
    public static string password(string prompt = "") => Ask(prompt, isPassword: true);

    internal static string Ask(string prompt, bool isPassword) =>
        (Console ?? throw new InvalidOperationException("No cell is running that could ask.")).ReadLine(prompt, isPassword);
}
