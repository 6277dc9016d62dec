using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Tests;

/// <summary>The picture of docs/architecture.md is drawn from what the projects and the notebooks refer to.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] Layers = ["tests", "notebooks", "src"];

    [Fact]
    public void The_picture_is_that_of_the_references()
    {
        var page = File.ReadAllText(Path.Combine(Paths.Root, "docs", "architecture.md")).ReplaceLineEndings("\n");
        var drawn = Picture().Match(page).Groups["picture"].Value;
        var expected = Draw(Rooms());

        Assert.True(drawn == expected, $"Put this into docs/architecture.md:\n{expected}");
    }

    [Fact]
    public void Nothing_reaches_back_up()
    {
        string[] known = [.. Rooms().Where(room => room.Layer != "tests").SelectMany(room => room.To.Select(edge => $"{room.Name} {edge.Arrow} {edge.Target}")).Order(StringComparer.Ordinal)];

        // The kernel and the library do not know each other, and none of what they are made of knows them. What rewrites cells' code knows only a compiler.
        Assert.Equal(
        [
            "Interactive --> Kernel",
            "Interactive -.-> Lab",
            "Interleavings --> Charting",
            "Kernel --> Interleavings.Code",
            "Kernel --> Python",
            "Lab --> Kernel",
            "Lab -.-> Workloads",
            "PythonKernel --> Python",
            "Workloads --> Charting",
            "Workloads --> Interleavings",
            "Workloads -.-> CoffeeShop",
            "Workloads -.-> Interleavings.Code",
            "Workloads -.-> PythonKernel",
            "notebooks ==> Interleavings",
            "notebooks ==> Workloads",
        ], known);
    }

    private static List<Room> Rooms()
    {
        var projects = new[] { "src", "tests" }.SelectMany(layer => Directory.EnumerateFiles(Path.Combine(Paths.Root, layer), "*.csproj", SearchOption.AllDirectories)
                .Select(file => (Layer: layer, Name: Path.GetFileName(Path.GetDirectoryName(file)!), Project: XDocument.Load(file))))
            .OrderBy(project => project.Name, StringComparer.Ordinal).ToList();
        var byAssembly = projects.ToDictionary(project => project.Project.Descendants("AssemblyName").FirstOrDefault()?.Value ?? project.Name, project => project.Name);
        var rooms = projects.Select(project => new Room(project.Layer, project.Name, [.. project.Project.Descendants("ProjectReference")
            .Select(reference => (
                Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value),
                reference.Attribute("ReferenceOutputAssembly")?.Value == "false" ? "-.->" : "-->"))])).ToList();
        var named = Directory.EnumerateFiles(Paths.Notebooks, "*.ipynb").SelectMany(file => Library().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["assembly"].Value).Where(byAssembly.ContainsKey).Distinct().Select(assembly => (byAssembly[assembly], "==>"));
        rooms.Add(new Room("notebooks", "notebooks", [.. named]));
        return rooms;
    }

    private static string Draw(List<Room> rooms)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var layer in Layers)
        {
            text.Append($"  subgraph {layer}_ [\"{layer}/\"]\n");
            foreach (var room in rooms.Where(room => room.Layer == layer)) text.Append($"    {room.Name}\n");
            text.Append("  end\n");
        }
        foreach (var room in rooms)
        {
            foreach (var (target, arrow) in room.To.Order()) text.Append($"  {room.Name} {arrow} {target}\n");
        }
        return text.ToString();
    }

    /// <summary>A folder with one purpose and whom it needs.</summary>
    private sealed record Room(string Layer, string Name, IReadOnlyList<(string Target, string Arrow)> To);

    [GeneratedRegex("```mermaid\n(?<picture>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"#r \\""\.\./artifacts/lab/(?<assembly>[\w.]+)\.dll\\""")]
    private static partial Regex Library();
}
