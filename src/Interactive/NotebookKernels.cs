using System.Diagnostics;
using System.Globalization;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;
using Microsoft.DotNet.Interactive.Directives;
using Microsoft.DotNet.Interactive.Events;
using Microsoft.DotNet.Interactive.Formatting;
using Microsoft.DotNet.Interactive.PackageManagement;

namespace ConcurrencyLab.Interactive;

/// <summary>The kernels of .NET Interactive, put together as its command-line tool does for a C# notebook.</summary>
internal static class NotebookKernels
{
    private const string Asking = "Notebook.Ask";

    /// <summary>
    /// What the tool takes from its Jupyter package, which is not served. Declared by a cell: a reference to this program would
    /// bring all that it knows into the compiler's sight.
    /// </summary>
    private const string Questions = $"""
        static string input(string prompt = "") => ((System.Func<string, bool, string>)System.AppContext.GetData("{Asking}"))(prompt, false);
        static string password(string prompt = "") => ((System.Func<string, bool, string>)System.AppContext.GetData("{Asking}"))(prompt, true);
        """;

    /// <param name="ask">Asks the person in front of the notebook; is told the prompt, and whether the answer must not be seen.</param>
    public static CompositeKernel Create(Func<string, bool, string> ask)
    {
        AppContext.SetData(Asking, ask);
        var csharp = new CSharpKernel().UseKernelHelpers().UseWho().UseValueSharing();
        csharp.UseNugetDirective((kernel, packages) =>
        {
            kernel.AddAssemblyReferences(packages.SelectMany(package => package.AssemblyPaths));
            return Task.CompletedTask;
        });
        csharp.DeferCommand(new SubmitCode(Questions));

        var kernel = new CompositeKernel();
        kernel.Add(csharp, ["c#", "C#"]);
        kernel.Add(new HtmlKernel());
        kernel.Add(new JavaScriptKernel(), ["js"]);
        kernel.Add(new KeyValueStoreKernel().UseWho());
        kernel.Add(new TextKernel("markdown", "Markdown", "text/markdown"), ["md"]);
        kernel.Add(new TextKernel("mermaid", "Mermaid", "text/vnd.mermaid"));
        kernel.DefaultKernelName = csharp.Name;
        kernel.UseImportMagicCommand();
        kernel.UsePackageExtensions();
        kernel.AddDirective(new KernelActionDirective("#!time"), (_, context) =>
        {
            var clock = Stopwatch.StartNew();
            context.OnComplete(ending => ending.Publish(new DisplayedValueProduced(clock.Elapsed, context.Command,
                [new FormattedValue(PlainTextFormatter.MimeType, string.Create(CultureInfo.InvariantCulture, $"Wall time: {clock.Elapsed.TotalMilliseconds}ms"))])));
            return Task.CompletedTask;
        });
        kernel.SetDefaultTargetKernelNameForCommand(typeof(RequestInput), kernel.Name);
        kernel.RegisterCommandHandler<RequestInput>((question, context) =>
        {
            context.Publish(new InputProduced(ask(question.Prompt, question.IsPassword), question));
            return Task.CompletedTask;
        });
        // What the tool sets for front ends that show HTML, such as VS Code and Jupyter.
        Formatter.DefaultMimeType = HtmlFormatter.MimeType;
        Formatter.SetPreferredMimeTypesFor(typeof(string), PlainTextFormatter.MimeType);
        return kernel;
    }

    /// <summary>A cell whose text is shown as it is. The tool's Mermaid package is not served, and would draw with a script from a CDN.</summary>
    private sealed class TextKernel : Microsoft.DotNet.Interactive.Kernel
    {
        public TextKernel(string name, string language, string mimeType) : base(name)
        {
            KernelInfo.LanguageName = language;
            RegisterCommandHandler<SubmitCode>((cell, context) =>
            {
                context.Publish(new DisplayedValueProduced(cell.Code, cell, [new FormattedValue(mimeType, cell.Code)]));
                return Task.CompletedTask;
            });
        }
    }
}
