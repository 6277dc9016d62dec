using System.Diagnostics;
using System.Reflection;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Text.Json.Nodes;

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
            "ConcurrencyLab.dll", "ConcurrencyLab.xml", "ConcurrencyLab.runtimeconfig.json", "ConcurrencyLab.Charting.dll", "Plotly.NET.dll", "XPlot.Plotly.dll", "SkiaSharp.dll",
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

    [Theory]
    [InlineData("ConcurrencyLab.Charting.dll", true)]
    [InlineData("SkiaSharp.dll", true)]
    [InlineData("ConcurrencyLab.dll", false)]
    [InlineData("ConcurrencyLab.Interleavings.dll", false)]
    public void What_draws_is_compiled_ahead_and_what_is_measured_is_not(string file, bool ahead)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(Folder, file)));

        Assert.Equal(ahead, reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0);
    }

    /// <summary>As .NET Interactive does it for two notebooks; code compiled ahead must not mix up the types of the two.</summary>
    [Fact]
    public void A_process_that_loads_it_twice_draws_with_both()
    {
        for (var notebook = 1; notebook <= 2; notebook++)
        {
            var types = new Notebook().LoadFromAssemblyPath(Path.Combine(Folder, "ConcurrencyLab.Charting.dll"));
            (string, double)[] bars = [("threads", 1), ("async", 2)];
            var drawing = types.GetType("ConcurrencyLab.Charting.BarsChart")!.GetMethod("Draw")!.Invoke(null, ["title", "subtitle", "axis", bars, null]);
            var figure = types.GetType("ConcurrencyLab.Charting.Figure")!.GetMethod("Of", [drawing!.GetType(), typeof(Action<JsonObject>)])!.Invoke(null, [drawing, null])!;

            Assert.StartsWith("Bar chart", figure.ToString(), StringComparison.Ordinal);
            Assert.True(((ReadOnlyMemory<byte>)figure.GetType().GetProperty("Png")!.GetValue(figure)!).Length > 1000);
            Assert.NotSame(typeof(Figure).Assembly, types);
        }
    }

    [Fact]
    public void Nothing_of_an_earlier_build_is_left_among_them()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Windows keeps a loaded file until its process ends.");
        Assert.DoesNotContain(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories), file => file.Contains(".retired-", StringComparison.Ordinal) || file.Contains(".fresh-", StringComparison.Ordinal));
    }

    /// <summary>Loads all that lies in the folder from there, whatever this process has loaded already.</summary>
    private sealed class Notebook : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Path.Combine(Folder, assemblyName.Name + ".dll") is var file && File.Exists(file) ? LoadFromAssemblyPath(file) : null;
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
