using System.CommandLine;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>--engine</c>: which of the two engines runs the cells.</summary>
internal static class EngineOption
{
    public const string Own = "concurrency-lab";
    public const string DotnetInteractive = "dotnet-interactive";

    /// <summary>Said to whoever chooses the other one.</summary>
    public const string Warning = ".NET Interactive is deprecated: nobody mends it any more, security holes included.";

    public static Option<string> Create()
    {
        var option = new Option<string>("--engine") { Description = "What runs the cells: the lab's own engine, or .NET Interactive's.", HelpName = $"{Own}|{DotnetInteractive}", DefaultValueFactory = _ => Own };
        return option.AcceptOnlyFromAmong(Own, DotnetInteractive);
    }
}
