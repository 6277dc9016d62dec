using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ConcurrencyLab.Common;

namespace ConcurrencyLab.Kernel.Packages;

/// <summary>Gets packages as a project would: a generated project and a real <c>dotnet restore</c>.</summary>
internal sealed partial class PackageRestore
{
    /// <summary>Where the generated projects are kept between sessions, one folder for each set of packages; made by the first that needs it.</summary>
    private readonly string _cacheFolder = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "concurrency-lab", "packages");

    private readonly List<string> _sources = [];

    /// <summary>Adds to where packages come from what stands in <c>#i "nuget: ..."</c>.</summary>
    /// <param name="argument">What stands between the quotes.</param>
    /// <param name="folder">Where relative folders start.</param>
    /// <exception cref="FormatException">It is none; the message says what to write.</exception>
    public void AddSource(string argument, string folder)
    {
        var source = argument.StartsWith("nuget:", StringComparison.OrdinalIgnoreCase) ? argument["nuget:".Length..].Trim() : "";
        var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "https" or "http";
        if (!isAddress && (source.Length == 0 || !Directory.Exists(Path.GetFullPath(Path.Combine(folder, source)))))
            throw new FormatException($"#i \"{argument}\" is no package source: write #i \"nuget: https://...\" or #i \"nuget: folder\".");
        if (!isAddress) source = Path.GetFullPath(Path.Combine(folder, source));
        if (!_sources.Contains(source)) _sources.Add(source);
    }

    /// <summary>
    /// Restores a set of packages, all of them at once since versions depend on each other; a set restored before costs
    /// nothing and needs no network.
    /// </summary>
    /// <exception cref="IOException">A package does not exist or cannot be had; one line.</exception>
    public async Task<PackageFiles> RestoreAsync(IReadOnlyCollection<Package> packages, CancellationToken cancel)
    {
        var project = ProjectFor(packages);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project)))[..16];
        var folder = Path.Combine(_cacheFolder, key);
        var assets = Path.Combine(folder, "obj", "project.assets.json");
        if (PackageFiles.Read(assets) is { } known) return known;

        // Several kernels may want the same set at once: each restores apart, the first to end moves its folder in.
        var draft = Path.Combine(_cacheFolder, $"{key}.{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        try
        {
            var projectFile = Path.Combine(draft, "notebook.csproj");
            await File.WriteAllTextAsync(projectFile, project, cancel).ConfigureAwait(false);
            var (exitCode, log) = await CommandRun.ToEndAsync(
                DotnetHost.OnPath, ["restore", projectFile, "--nologo", "-v", "quiet", "-nodeReuse:false", "-p:UseSharedCompilation=false"], cancel, folder: draft).ConfigureAwait(false);
            if (exitCode != 0) throw new IOException(Explain(log, packages));
            var files = PackageFiles.Read(Path.Combine(draft, "obj", "project.assets.json"))
                ?? throw new IOException($"The packages {string.Join(", ", packages)} were restored, but have no files for {RuntimeInformation.RuntimeIdentifier}.");
            Keep(draft, folder);
            return files;
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }

    private static void Keep(string draft, string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
        }
        catch (IOException)
        {
            // Another kernel was first, or holds the folder: its copy is as good as ours.
        }
    }

    private string ProjectFor(IEnumerable<Package> packages)
    {
        var references = packages
            .OrderBy(package => package.Name, StringComparer.OrdinalIgnoreCase)
            .Select(package => $"""    <PackageReference Include="{SecurityElement.Escape(package.Name)}" Version="{SecurityElement.Escape(package.Version)}" />""");
        return $"""
            <Project>
              <!-- Nothing around this folder may take part: a notebook means its packages, not the user's build. -->
              <PropertyGroup>
                <ImportDirectoryBuildProps>false</ImportDirectoryBuildProps>
                <ImportDirectoryBuildTargets>false</ImportDirectoryBuildTargets>
                <ImportDirectoryPackagesProps>false</ImportDirectoryPackagesProps>
              </PropertyGroup>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
                <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
                <SelfContained>false</SelfContained>
                <UseAppHost>false</UseAppHost>
                <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
                <NuGetAudit>false</NuGetAudit>
                <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', _sources))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', references)}
              </ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """;
    }

    /// <summary>Finds in a restore's log the one line that a learner can act on.</summary>
    internal static string Explain(string log, IEnumerable<Package> packages)
    {
        var set = string.Join(", ", packages);
        var error = ErrorLine().Match(log);
        if (!error.Success) return $"Could not restore {set}: {log.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "dotnet restore said nothing"}";
        var (code, text) = (error.Groups[1].Value, error.Groups[2].Value.Trim());
        var subject = Quoted().Match(text) is { Success: true } named ? named.Groups[1].Value : set;
        return code switch
        {
            "NU1101" => $"There is no NuGet package {subject}: check the spelling ({code}).",
            "NU1102" or "NU1103" => $"NuGet package {subject} has no such version ({code}).",
            "NU1202" or "NU1213" => $"NuGet package {subject} is not made for .NET {Environment.Version.Major} ({code}).",
            "NU1301" => $"NuGet could not be reached to restore {set}: check the network, or use a package restored before ({code}).",
            _ => $"Could not restore {set}: {text.Split(". ")[0]} ({code}).",
        };
    }

    [GeneratedRegex(@"error\s+((?:NU|MSB|NETSDK)\d+)\s*:\s*(.+?)(?:\s+\[[^\]]*\])?\s*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"[Pp]ackage '?([\w.-]*\w)")]
    private static partial Regex Quoted();
}
