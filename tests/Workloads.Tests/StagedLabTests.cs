using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace ConcurrencyLab.Tests;

/// <summary>artifacts/lab/, which one relative #r loads in any host.</summary>
public class StagedLabTests
{
    private static readonly string Folder = Path.Combine(Root(), "artifacts", "lab");

    [Fact]
    public void The_library_and_all_it_loads_lie_side_by_side()
    {
        var native = OperatingSystem.IsWindows() ? "{0}.dll" : OperatingSystem.IsMacOS() ? "lib{0}.dylib" : "lib{0}.so";
        string[] files =
        [
            "ConcurrencyLab.dll", "ConcurrencyLab.xml", "ConcurrencyLab.runtimeconfig.json", "Plotly.NET.dll", "XPlot.Plotly.dll", "ScottPlot.dll",
            string.Format(null, native, "SkiaSharp"), OperatingSystem.IsWindows() ? "e_sqlite3.dll" : string.Format(null, native, "e_sqlite3"),
            Path.Combine("coffeeshop", "CoffeeShop.dll"), Path.Combine("coffeeshop", "CoffeeShop.runtimeconfig.json"),
        ];
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Folder, file)), file));
    }

    [Fact]
    public void What_readers_measure_is_optimised_whatever_the_configuration()
    {
        var context = new AssemblyLoadContext("staged", isCollectible: true);
        try
        {
            foreach (var file in new[] { "ConcurrencyLab.dll", Path.Combine("coffeeshop", "CoffeeShop.dll") })
            {
                var debuggable = context.LoadFromAssemblyPath(Path.Combine(Folder, file)).GetCustomAttributes(typeof(DebuggableAttribute), false);
                Assert.All(debuggable.Cast<DebuggableAttribute>(), attribute => Assert.False(attribute.IsJITOptimizerDisabled, file));
            }
        }
        finally
        {
            context.Unload();
        }
    }

    [Fact]
    public void Nothing_of_an_earlier_build_is_left_among_them()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Windows keeps a loaded file until its process ends.");
        Assert.DoesNotContain(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories), file => file.Contains(".retired-", StringComparison.Ordinal) || file.Contains(".fresh-", StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "ConcurrencyLab.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
