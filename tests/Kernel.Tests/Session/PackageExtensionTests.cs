using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Packages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;

namespace ConcurrencyLab.Tests.Session;

/// <summary>What packages bring for .NET Interactive, to show their values.</summary>
public sealed class PackageExtensionTests : IAsyncDisposable
{
    private const string Library = "namespace Beans; public class Bag { public int Grams => 250; }";

    private readonly TestNotebook _notebook = new();

    public ValueTask DisposeAsync() => _notebook.DisposeAsync();

    [Fact]
    public async Task An_extension_that_registers_formatters_works()
    {
        using var package = Package("Lab.Test.Shown", "Formatter.Register<Bag>(bag => $\"<b>{bag.Grams} g</b>\", \"text/html\"); if (Kernel.Root?.FindKernelByName(\"csharp\") is { } found) return found.SendAsync(new Microsoft.DotNet.Interactive.Commands.SubmitCode(\"1\", null)); return Task.CompletedTask;");
        var cell = await _notebook.Succeed(package.Directives + "\nnew Beans.Bag()");
        Assert.Equal("<b>250 g</b>", (string?)cell.Value.Data["text/html"]);
        Assert.Equal("", cell.StandardError);
        Assert.Equal("", (await _notebook.Succeed(package.Directives + "\n1")).StandardError);
    }

    [Theory]
    [InlineData("Lab.Test.Throws", "throw new TimeoutException(\"no engine\");", "(no engine)")]
    [InlineData("Lab.Test.Null", "return kernel.ToString() == \"\" ? null : Task.CompletedTask;", "does not work here (")]
    public async Task One_that_wants_more_is_named_and_the_package_works(string id, string load, string reason)
    {
        using var package = Package(id, load);
        var cell = await _notebook.Succeed(package.Directives + "\nnew Beans.Bag().Grams");
        Assert.Equal("250", cell.PlainValue);
        var note = cell.Outputs.OfType<DisplayOutput>().First().Data["text/plain"]!.GetValue<string>();
        Assert.StartsWith("Extension.dll shows its package's values in .NET Interactive and does not work here (", note, StringComparison.Ordinal);
        Assert.Contains(reason, note, StringComparison.Ordinal);
        Assert.EndsWith("Formatter.Register<T>(value => ..., \"text/html\");", note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_an_engine_that_a_package_brings_cells_see_the_kernels_own_names()
    {
        var engine = Compile("Microsoft.DotNet.Interactive", "namespace Microsoft.DotNet.Interactive; public class KernelInvocationContext { } public class Kernel { }");
        var user = Compile("Uses", "public class Uses { public Microsoft.DotNet.Interactive.Kernel Kernel => null; public int Number => 42; }", engine);
        using var package = new LocalPackage("Lab.Test.Engine", ("lib/net10.0/Microsoft.DotNet.Interactive.dll", engine), ("lib/net10.0/Uses.dll", user));
        await _notebook.Succeed(package.Directives + "\nusing Microsoft.DotNet.Interactive;");
        Assert.Equal("42 False", (await _notebook.Succeed("$\"{new Uses().Number} {KernelInvocationContext.Current.CancellationToken.IsCancellationRequested}\"")).PlainValue);
    }

    /// <summary>Later builds of it have display methods of their own, which cells could not tell from the kernel's.</summary>
    [Fact]
    public async Task Of_the_formatting_library_cells_see_the_kernels_own()
    {
        var later = Compile("Microsoft.DotNet.Interactive.Formatting", "namespace System; public static class DisplayExtensions { public static string Display(this object value) => \"\"; }");
        using var package = new LocalPackage("Lab.Test.Formatting", ("lib/net10.0/Microsoft.DotNet.Interactive.Formatting.dll", later));
        await _notebook.Succeed(package.Directives);
        Assert.Equal("42", (string?)Assert.IsType<DisplayOutput>(Assert.Single((await _notebook.Succeed("42.Display();")).Outputs)).Data["text/plain"]);
    }

    private static LocalPackage Package(string id, string load)
    {
        var library = Compile("Beans", Library);
        using var contract = PackageExtensions.CompileContract();
        var extension = Compile(
            "Extension",
            $$"""
            using System; using System.Threading.Tasks; using Beans; using Microsoft.DotNet.Interactive; using Microsoft.DotNet.Interactive.Formatting;
            public class BagExtension : IKernelExtension { public Task OnLoadAsync(Kernel kernel) { {{load}} } }
            """,
            library, contract.ToArray());
        return new LocalPackage(id, ("lib/net10.0/Beans.dll", library), ("interactive-extensions/dotnet/Extension.dll", extension));
    }

    private static byte[] Compile(string name, string source, params byte[][] references)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => Path.GetFileName(file).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(file) == "netstandard.dll").Append(typeof(Formatter).Assembly.Location)
            .Select(file => MetadataReference.CreateFromFile(file));
        var image = new MemoryStream();
        var emitted = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)], [.. platform, .. references.Select(reference => MetadataReference.CreateFromImage(reference))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        return image.ToArray();
    }
}
