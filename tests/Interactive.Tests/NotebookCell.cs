using Microsoft.DotNet.Interactive.Documents;
using Jupyter = Microsoft.DotNet.Interactive.Documents.Jupyter;

namespace ConcurrencyLab.Tests;

/// <summary>A cell that runs, as .NET Interactive's own reader finds it in a notebook.</summary>
/// <param name="Notebook">The notebook's name, for messages.</param>
/// <param name="Number">1 for the first that runs.</param>
/// <param name="Source">Its code.</param>
/// <param name="Saved">What is saved under it.</param>
internal sealed record NotebookCell(string Notebook, int Number, string Source, IReadOnlyList<InteractiveDocumentOutputElement> Saved)
{
    /// <summary>A cell of no notebook.</summary>
    public NotebookCell(string source) : this("a cell typed by a learner", 1, source, []) { }

    /// <summary>The cells of a notebook that run.</summary>
    public static IReadOnlyList<NotebookCell> Of(string path)
    {
        // What the tool tells its reader: one language that runs; text does not.
        var kernels = new KernelInfoCollection { new KernelInfo("csharp", "C#", ["C#", "c#"]), new KernelInfo("markdown", "Markdown") };
        kernels.DefaultKernelName = "csharp";
        using var file = File.OpenRead(path);
        var code = Jupyter.Notebook.Read(file, kernels).Elements
            .Where(element => element.KernelName == "csharp" && !string.IsNullOrWhiteSpace(element.Contents));
        return [.. code.Select((element, index) => new NotebookCell(Path.GetFileNameWithoutExtension(path), index + 1, element.Contents, element.Outputs))];
    }
}
