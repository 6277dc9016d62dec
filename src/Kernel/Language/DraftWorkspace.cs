using System.Collections.Immutable;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// The session as an editor's workspace: script projects of the cells that declared something, each seeing the one before
/// it, and on top of them the cell that is being written.
/// </summary>
/// <remarks>
/// Cells are added when somebody asks, each once; what the compiler found out about earlier ones is kept. Its references
/// share the files of the kernel's but not the symbols the compiler caches for these: the kernel must be able to compile a
/// cell while this binds (<see cref="SubmissionChain"/>).
/// </remarks>
internal sealed class DraftWorkspace : IDisposable
{
    private static readonly CSharpParseOptions ParseOptions = SubmissionChain.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);

    private readonly Func<Foundation> _foundation;
    private readonly AdhocWorkspace _workspace = new(MefHostServices.DefaultHost);
    private readonly DocumentedReferences _references = new();
    private readonly CSharpCompilationOptions _options;
    private readonly ProjectId _draft = ProjectId.CreateNewId("draft");
    private readonly Lock _gate = new();
    private Solution _cells;
    private readonly HashSet<string> _usings = new(StringComparer.Ordinal);
    private CellGroup? _group;
    private ProjectId? _before;
    private int _count;

    /// <summary>Loads Roslyn's services for editors.</summary>
    /// <param name="foundation">What a cell stands on at this moment.</param>
    /// <param name="options">How cells are compiled.</param>
    public DraftWorkspace(Func<Foundation> foundation, CSharpCompilationOptions options)
    {
        _foundation = foundation;
        _cells = _workspace.CurrentSolution;
        _options = options.WithMetadataReferenceResolver(_references.Resolving(options.MetadataReferenceResolver!));
    }

    /// <summary>The cell that is being written, as a document on top of the cells that have run.</summary>
    /// <param name="code">C# alone.</param>
    /// <param name="cancel">Gives up.</param>
    public Document Open(string code, CancellationToken cancel)
    {
        lock (_gate)
        {
            var foundation = _foundation();
            if (_count < foundation.Cells.Count) Add(foundation.Cells, cancel);
            var draft = Describe(_draft, "Draft", code, foundation.References, _group?.Project);
            return _cells.AddProject(draft).GetProject(_draft)!.Documents.Single();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    private void Add(ImmutableList<DeclaringCell> cells, CancellationToken cancel)
    {
        foreach (var cell in cells.Skip(_count))
        {
            cancel.ThrowIfCancellationRequested();
            if (_group is null || !_group.TryAdd(cell, _usings))
            {
                if (_group is not null) Update(_group);
                _before = _group?.Project;
                _group = new CellGroup(cell, _usings);
            }

            _count++;
        }

        Update(_group!);
    }

    private void Update(CellGroup group)
    {
        _cells = _cells.GetProject(group.Project) is { } known
            ? _cells.WithDocumentText(known.DocumentIds[0], SourceText.From(group.Code))
            : _cells.AddProject(Describe(group.Project, FormattableString.Invariant($"Cell_{_count}"), group.Code, group.References, _before));
        // Now, since all at once at the end the compiler would do one inside the other.
        _ = _cells.GetProject(group.Project)!.GetCompilationAsync(CancellationToken.None).GetAwaiter().GetResult()!.Assembly;
    }

    private ProjectInfo Describe(
        ProjectId id, string name, string code, ImmutableArray<MetadataReference> references, ProjectId? before) => ProjectInfo.Create(
        id, VersionStamp.Default, name, name, LanguageNames.CSharp,
        compilationOptions: _options.WithScriptClassName(name),
        parseOptions: ParseOptions,
        documents: [DocumentInfo.Create(
            DocumentId.CreateNewId(id), name, sourceCodeKind: SourceCodeKind.Script,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Create())))],
        projectReferences: before is null ? [] : [new ProjectReference(before)],
        metadataReferences: references.Select(_references.Document),
        isSubmission: true);
}
