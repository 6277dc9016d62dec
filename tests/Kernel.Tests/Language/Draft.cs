using ConcurrencyLab.Kernel.Language;
using ConcurrencyLab.Tests.Session;

namespace ConcurrencyLab.Tests.Language;

/// <summary>A cell that is being written behind those of a notebook; a bar in its code is the cursor.</summary>
internal sealed class Draft(TestNotebook notebook)
{
    private readonly CodeAssistant _assistant = new(notebook.Chain, TimeSpan.FromMinutes(1), TestContext.Current.SendDiagnosticMessage);

    /// <summary>The library that chapters load, as a directive of a cell.</summary>
    public static string Library(TestNotebook notebook) =>
        $"#r \"{Path.GetRelativePath(notebook.Folder, Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.dll"))}\"\nusing ConcurrencyLab;\nusing System.Threading;";

    public Completions Complete(string marked) => _assistant.Complete(marked.Replace("|", "", StringComparison.Ordinal), Cursor(marked));

    public string[] Names(string marked) => [.. Complete(marked).Items.Select(item => item.Text)];

    public string? Inspect(string marked, bool withSource = false) => _assistant.Inspect(marked.Replace("|", "", StringComparison.Ordinal), Cursor(marked), withSource);

    private static int Cursor(string marked) => marked.IndexOf('|', StringComparison.Ordinal);
}
