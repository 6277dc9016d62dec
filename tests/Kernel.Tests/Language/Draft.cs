using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

/// <summary>A cell that is being written behind those of a notebook; a bar in its code is the cursor.</summary>
internal sealed class Draft(TestNotebook notebook) : IDisposable
{
    private readonly EditorServices _editor = new(() => notebook.Chain.Foundation, notebook.Chain.Options);

    /// <summary>The library that chapters load, as a directive of a cell.</summary>
    public static string Library(TestNotebook notebook) =>
        $"#r \"{Path.GetRelativePath(notebook.Folder, Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.dll"))}\"\nusing ConcurrencyLab;\nusing System.Threading;";

    public async Task<Completions> Complete(string marked)
    {
        var (cell, index) = Split(marked);
        return cell.IsCSharp(index) ? await _editor.CompleteAsync(cell.Code, index, TestContext.Current.CancellationToken) : cell.Magics(index);
    }

    public async Task<string[]> Names(string marked) => [.. (await Complete(marked)).Items.Select(item => item.Text)];

    public Task<string?> Describe(string marked, bool withSource = false)
    {
        var (cell, index) = Split(marked);
        return _editor.DescribeAsync(cell.Code, index, withSource, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _editor.Dispose();

    private static (DraftCell Cell, int Index) Split(string marked)
    {
        var index = marked.IndexOf('|', StringComparison.Ordinal);
        return (DraftCell.Of(marked.Remove(index, 1)), index);
    }
}
