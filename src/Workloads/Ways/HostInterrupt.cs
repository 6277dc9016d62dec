using System.Reflection;

namespace ConcurrencyLab;

/// <summary>
/// The stop button of the notebook that the calling code runs in. No package of a notebook's kernel is needed: as with
/// formatters, a convention is enough. A kernel puts a <c>Func&lt;CancellationToken&gt;</c> under <see cref="Name"/> into
/// <see cref="AppContext"/>; .NET Interactive, which knows nothing of that, tells it through its invocation context.
/// </summary>
internal static class HostInterrupt
{
    /// <summary>The convention's name. What it names gives the token of the cell to which the calling code belongs.</summary>
    internal const string Name = "Notebook.CellInterrupt";

    private const string Engine = "Microsoft.DotNet.Interactive";
    private const string ContextType = $"{Engine}.KernelInvocationContext";

    private static readonly Lazy<Func<CancellationToken>?> OfDotNetInteractive = new(FindDotNetInteractive);

    /// <summary>Cancelled when the user stops the cell that the calling code belongs to; never outside a notebook.</summary>
    internal static CancellationToken Token => (AppContext.GetData(Name) as Func<CancellationToken> ?? OfDotNetInteractive.Value)?.Invoke() ?? default;

    private static Func<CancellationToken>? FindDotNetInteractive()
    {
        // Other kernels have a type of this name, too.
        var type = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(assembly => assembly.GetName().Name == Engine)?.GetType(ContextType);
        if (type?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static) is not { } current
            || type.GetProperty("CancellationToken", typeof(CancellationToken)) is not { } token)
        {
            return null;
        }

        return () => current.GetValue(null) is { } context && token.GetValue(context) is CancellationToken interrupt ? interrupt : default;
    }
}
