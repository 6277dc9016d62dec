namespace ConcurrencyLab.Kernel.Installation;

/// <summary>A kernel that can be built and registered: its program, and how front ends know it.</summary>
/// <param name="Project">Path of the project in the repository; its program answers <c>kernel {connection_file}</c>.</param>
/// <param name="Program">File name of the program, once built.</param>
/// <param name="DisplayName">What front ends list it as.</param>
/// <param name="Mark">Key in a kernelspec's metadata by which an installation of it is known.</param>
/// <param name="Names">Names to register under: the first that belongs to nobody else.</param>
public sealed record InstallableKernel(string Project, string Program, string DisplayName, string Mark, IReadOnlyList<string> Names)
{
    /// <summary>The lab's own engine.</summary>
    public static InstallableKernel Own { get; } =
        new("src/Lab/Lab.csproj", "lab.dll", Kernelspec.DisplayName, Kernelspec.Mark, [Kernelspec.PreferredName, Kernelspec.OwnName]);

    /// <summary>.NET Interactive's engine. The chapters' own name is left to the lab's.</summary>
    public static InstallableKernel DotnetInteractive { get; } =
        new("src/Interactive/Interactive.csproj", "ConcurrencyLab.Interactive.dll", ".NET Interactive (C#)", "concurrency-lab-dotnet-interactive", ["dotnet-interactive-csharp"]);

    /// <summary>True when a folder holds an installation of it.</summary>
    public bool IsIn(string folder) => Kernelspec.HasMark(folder, Mark);
}
