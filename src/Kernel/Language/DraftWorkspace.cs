using System.Collections.Immutable;
using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// The session as an editor's workspace: script projects of the cells that declared something, each seeing the one before
/// it, and on top of them the cell that is being written. Cells are added when a question comes, each once.
/// </summary>
/// <param name="chain">The cells so far.</param>
internal sealed class DraftWorkspace(SubmissionChain chain)
{
    private static readonly CSharpParseOptions ParseOptions = SubmissionChain.ParseOptions.WithDocumentationMode(DocumentationMode.Parse);

    private readonly Lock _gate = new();
    private readonly ProjectId _draft = ProjectId.CreateNewId();
    private readonly HashSet<string> _usings = new(StringComparer.Ordinal);
    private readonly DocumentedReferences _documented = new();
    private CSharpCompilationOptions? _options;
    private Solution _cells = new AdhocWorkspace(MefHostServices.DefaultHost).CurrentSolution;
    private CellGroup? _group;
    private ProjectId? _before;
    private int _count;

    /// <summary>The cell that is being written, as a document on top of the cells that have run.</summary>
    public Document Open(string code, CancellationToken cancel)
    {
        lock (_gate)
        {
            var context = chain.Context;
            if (_count < context.Cells.Count) Add(context.Cells, cancel);
            return _cells.AddProject(Describe(_draft, UsingDeclarations.In(code).Source, context.References, _group?.Project)).GetProject(_draft)!.Documents.Single();
        }
    }

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
            : _cells.AddProject(Describe(group.Project, group.Code, group.References, _before));
        // Bound now: all at once at the end, the compiler would bind one inside the other, as deep as there are groups.
        _ = _cells.GetProject(group.Project)!.GetCompilationAsync(CancellationToken.None).GetAwaiter().GetResult()!.Assembly;
    }

    private ProjectInfo Describe(ProjectId id, string code, ImmutableArray<PortableExecutableReference> references, ProjectId? before)
    {
        var name = $"Draft_{id.Id:N}";
        _options ??= chain.Options.WithMetadataReferenceResolver(new MissingReferences(chain.LoadContext, _documented.Of));
        return ProjectInfo.Create(
            id, VersionStamp.Default, name, name, LanguageNames.CSharp,
            compilationOptions: _options.WithScriptClassName(name),
            parseOptions: ParseOptions,
            documents: [DocumentInfo.Create(
                DocumentId.CreateNewId(id), name, sourceCodeKind: SourceCodeKind.Script,
                loader: TextLoader.From(TextAndVersion.Create(SourceText.From(code), VersionStamp.Create())))],
            projectReferences: before is null ? [] : [new ProjectReference(before)],
            metadataReferences: references.Select(_documented.Of),
            isSubmission: true);
    }
}
