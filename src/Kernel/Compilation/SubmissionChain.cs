using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using ConcurrencyLab.Kernel.Errors;
using ConcurrencyLab.Kernel.Notebook;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// The cells so far as a chain of script compilations, each seeing the names of those before it.
/// </summary>
/// <remarks>
/// Roslyn's own <c>ScriptState</c> grows by a link with every cell and binds all references anew for each. Here a
/// cell that declares nothing leaves no link, so that the thousandth <c>1+1</c> costs what the first did.
/// </remarks>
internal sealed class SubmissionChain
{
    /// <summary>The namespaces and types that every cell sees without a <c>using</c>; those of .NET Interactive and ours.</summary>
    public static readonly ImmutableArray<string> Imports =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks",
        "System.Linq", "Microsoft.DotNet.Interactive.Formatting", typeof(Globals).Namespace!, typeof(Globals).FullName!,
    ];

    public static readonly CSharpParseOptions ParseOptions =
        // That of .NET 10, whatever newer one the compiler knows: chapters must run in other kernels too.
        new(LanguageVersion.CSharp14, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly IReadOnlyList<PortableExecutableReference> KernelReferences =
    [
        MappedReference.Open(typeof(Globals).Assembly.Location),
        Beside("Microsoft.DotNet.Interactive.Formatting.dll"),
        Beside("Microsoft.AspNetCore.Html.Abstractions.dll"),
    ];

    /// <summary>Longer than a pool takes that works, on a busy machine; who waits for a cell in one that does not waits for it, too.</summary>
    private static readonly TimeSpan PoolTimeout = TimeSpan.FromSeconds(3);

    /// <summary>Warnings that say nothing of use to a cell's author.</summary>
    private static readonly ImmutableArray<string> Suppressed =
    [
        "CS1701", "CS1702", // Libraries built for an older framework.
        "CS8632", // A question mark behind a type, without #nullable.
        "CS0067", "CS0169", "CS0414", "CS0649", // Members that are not used: a later cell may.
    ];

    private static readonly EmitOptions Emitting = new(debugInformationFormat: DebugInformationFormat.PortablePdb);

    /// <summary>
    /// Sessions share references, and with them the symbols that the compiler caches there. Two that bind at once would
    /// each make their own, and later cells could mix them: <c>bool</c> would then not be <c>bool</c>.
    /// </summary>
    private static readonly Lock Binding = new();

    private readonly HashSet<PortableExecutableReference> _known =
        [.. FrameworkReferences.All, .. KernelReferences, .. KernelReferences.SelectMany(FrameworkReferences.ForwardersOf)];

    private readonly HashSet<string> _addedNames = new(StringComparer.OrdinalIgnoreCase);
    private volatile SubmissionContext _context;
    private CSharpCompilation? _last;
    private (CSharpCompilation Compilation, SubmissionContext Context)? _prepared;
    private object?[] _slots = new object?[16];
    private int _compiled;

    /// <summary>What the cells so far have declared with <c>using</c>.</summary>
    public OpenVariables Open { get; } = new();

    public SubmissionChain()
    {
        _context = new SubmissionContext([], [.. _known]);
        Options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            usings: Imports,
            concurrentBuild: false,
            metadataReferenceResolver: new MissingReferences(LoadContext),
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
            nullableContextOptions: NullableContextOptions.Disable)
            .WithSpecificDiagnosticOptions(Suppressed.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)));
    }

    /// <summary>Where the cells and their libraries are loaded.</summary>
    public UserLoadContext LoadContext { get; } = new();

    /// <summary>How every cell is compiled.</summary>
    public CSharpCompilationOptions Options { get; }

    /// <summary>What the next cell is compiled against; may be asked for while a cell runs.</summary>
    public SubmissionContext Context => _context;

    /// <summary>The variables that the next cell sees, by name.</summary>
    public IReadOnlyList<(string Name, Type Type, object? Value)> Variables =>
    [
        .. _slots.Skip(1).OfType<object>().Reverse()
            .SelectMany(cell => cell.GetType().GetFields(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic), (cell, member) => (Cell: cell, Member: member))
            // What the compiler adds has such names.
            .Where(variable => !variable.Member.Name.Contains('<', StringComparison.Ordinal)).DistinctBy(variable => variable.Member.Name)
            .Select(variable => (variable.Member.Name, variable.Member.FieldType, variable.Member.GetValue(variable.Cell))).OrderBy(variable => variable.Name, StringComparer.Ordinal),
    ];

    /// <summary>Lets later cells name the types of an assembly.</summary>
    /// <param name="path">Absolute path of a managed assembly.</param>
    /// <exception cref="BadImageFormatException">The file is not a managed assembly.</exception>
    public void AddReference(string path)
    {
        var name = AssemblyName.GetAssemblyName(path).Name!;
        LoadContext.AddAssembly(path);
        if (FrameworkReferences.Contains(name) || UserLoadContext.IsKernels(name) || !_addedNames.Add(name)) return;
        var reference = MetadataReference.CreateFromFile(path);
        _context = _context with { References = [.. _context.References, .. FrameworkReferences.ForwardersOf(reference).Prepend(reference).Where(_known.Add)] };
    }

    /// <summary>Compiles and loads a cell without running it.</summary>
    /// <param name="source">C# only: magics and directives already taken out, line numbers kept.</param>
    /// <param name="cell">Its number, by which the compiler's messages call the class that it makes of the cell.</param>
    /// <param name="path">The name by which debug information and messages call the cell.</param>
    /// <param name="cancel">Gives up compiling.</param>
    /// <exception cref="CompilationFailedException">The source has errors.</exception>
    public Submission Compile(string source, int cell, string path, CancellationToken cancel)
    {
        lock (Binding) return CompileAlone(source, cell, path, cancel);
    }

    /// <summary>Does something with the references of cells while nobody else binds them.</summary>
    public static T WhileBinding<T>(Func<T> compile)
    {
        lock (Binding) return compile();
    }

    /// <summary>
    /// Binds the references of the next cell, a tenth of the time that a small cell takes and the same whatever the cell is.
    /// For the time when no cell waits.
    /// </summary>
    public void PrepareNext()
    {
        lock (Binding)
        {
            if (_prepared?.Context == _context) return;
            var compilation = Create(CSharpSyntaxTree.ParseText("", ParseOptions), cell: 0);
            // Whatever is asked of its symbols binds the references.
            _ = compilation.Assembly;
            _prepared = (compilation, _context);
        }
    }

    private Submission CompileAlone(string written, int cell, string path, CancellationToken cancel)
    {
        var (source, variables) = UsingDeclarations.In(written);
        var tree = CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), ParseOptions, path, cancellationToken: cancel);
        var root = (CompilationUnitSyntax)tree.GetRoot(cancel);
        if (root.Members.Count == 0)
        {
            // The compiler emits nothing for usings and comments alone, and counts no slot for them.
            var usings = Create(tree, cell);
            var found = SaysNothing(root) ? [.. tree.GetDiagnostics(cancel)] : usings.GetDiagnostics(cancel);
            ThrowOnErrors(usings, found);
            return new Submission(source, usings, static _ => Task.FromResult<object?>(null), root.Usings.Count > 0, static () => false, [], WarningsIn(found, root));
        }

        var prepared = TakePrepared(tree, cell);
        var plain = prepared ?? Create(tree, cell);
        var compilation = LoopChecks.AddTo(plain);
        using var image = new MemoryStream();
        // Without them errors name no lines, and cells still run.
        using var symbols = PoolAnswers() ? new MemoryStream() : null;
        var emitted = compilation.Emit(image, symbols, options: Emitting, cancellationToken: cancel);
        if (!emitted.Success)
        {
            // Once, after an aggressive garbage collection, a prepared compilation did not find the names of earlier cells;
            // why is not known. So no cell fails that has not failed without one.
            if (prepared is not null) return CompileAlone(written, cell, path, cancel);
            // The user's own columns, not those behind a check.
            if (compilation != plain) ThrowOnErrors(plain, plain.GetDiagnostics(cancel));
            ThrowOnErrors(compilation, emitted.Diagnostics);
        }

        ThrowOnErrors(compilation, [.. variables.Select(variable => variable.FaultIn(compilation, tree)).OfType<Diagnostic>()]);
        var warnings = WarningsIn(emitted.Diagnostics, compilation.SyntaxTrees[0].GetRoot(cancel));
        // As with errors, the user's own columns.
        if (compilation != plain && !warnings.IsEmpty) warnings = WarningsIn(plain.GetDiagnostics(cancel), root);
        image.Position = 0;
        symbols?.Position = 0;
        var assembly = LoadContext.LoadFromStream(image, symbols);
        if (symbols is not null) CellSymbols.Add(assembly, symbols.ToArray());
        var entry = compilation.GetEntryPoint(cancel)!;
        var method = assembly.GetType(entry.ContainingType.MetadataName)!
            .GetMethod(entry.MetadataName, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return new Submission(
            source, compilation, method.CreateDelegate<Func<object?[], Task<object?>>>(), Declares(compilation),
            () => HasValue(compilation), variables, warnings);
    }

    /// <summary>
    /// Starts a compiled cell. From now on later cells see its names, also when it fails half-way:
    /// the variables that it set before failing keep their values.
    /// </summary>
    public Task<object?> Start(Submission submission)
    {
        Open.DisposeOf(submission.Variables);
        if (submission.Declares)
        {
            _last = submission.Compilation;
            _context = new SubmissionContext(_context.Cells.Add(new DeclaringCell(submission.Source, _context.References)), []);
        }

        // Slot 0 is the host object's, which cells here do not have; a cell fills the slot after those of the cells it sees.
        if (_context.Cells.Count + 2 > _slots.Length) Array.Resize(ref _slots, _slots.Length * 2);
        var running = submission.Start(_slots);
        // Cells of usings alone fill no slot: found by its assembly, not by counting.
        if (submission.Variables.Count > 0 && _slots.LastOrDefault(cell => cell?.GetType().Assembly.GetName().Name == submission.Compilation.AssemblyName) is { } cell)
            Open.Add(cell, submission.Variables);
        return running;
    }

    private CSharpCompilation? TakePrepared(SyntaxTree tree, int cell)
    {
        var prepared = _prepared;
        _prepared = null;
        if (prepared?.Context != _context || MayUsePointers(tree)) return null;
        var compilation = prepared.Value.Compilation;
        return compilation.WithOptions(OptionsFor(tree, cell))
            .ReplaceSyntaxTree(compilation.SyntaxTrees[0], tree);
    }

    private CSharpCompilation Create(SyntaxTree tree, int cell)
    {
        _compiled++;
        return CSharpCompilation.CreateScriptCompilation(
            $"cell-{_compiled}", tree, _context.References,
            OptionsFor(tree, cell), _last, typeof(object));
    }

    private CSharpCompilationOptions OptionsFor(SyntaxTree tree, int cell) => Options
        .WithScriptClassName(ScriptClass.NameOf(cell))
        .WithAllowUnsafe(MayUsePointers(tree))
        .WithOptimizationLevel(StraightLine.Is(tree.GetRoot()) ? OptimizationLevel.Debug : OptimizationLevel.Release);

    /// <summary>Whether the pool has a thread for the checksum in debug information, for which the compiler waits without end.</summary>
    private static bool PoolAnswers()
    {
        // Not disposed: it may be answered late.
        var answered = new ManualResetEventSlim(initialState: false, spinCount: 0);
        ThreadPool.UnsafeQueueUserWorkItem(static waiting => waiting.Set(), answered, preferLocal: false);
        return answered.Wait(PoolTimeout);
    }

    // What may use pointers carries attributes that the compiler looks for in every reference: only cells that speak of it may.
    private static bool MayUsePointers(SyntaxTree tree) => tree.GetRoot().DescendantTokens().Any(token =>
        token.IsKind(SyntaxKind.UnsafeKeyword) || token.ValueText is "SkipLocalsInit" or "SkipLocalsInitAttribute");

    // By name: asking a type of theirs where it is would load them.
    private static PortableExecutableReference Beside(string file) =>
        MappedReference.Open(Path.Combine(Path.GetDirectoryName(typeof(Globals).Assembly.Location)!, file));

    private static void ThrowOnErrors(CSharpCompilation compilation, ImmutableArray<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToImmutableArray();
        if (errors.Length > 0) throw new CompilationFailedException(errors, compilation);
    }

    private static ImmutableArray<Diagnostic> WarningsIn(ImmutableArray<Diagnostic> diagnostics, SyntaxNode root)
    {
        // A task that is the cell's value is shown, and says itself that nobody awaits it.
        var value = ValueOf(root)?.Span;
        return [.. diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning && !(diagnostic.Id == "CS4014" && diagnostic.Location.SourceSpan == value))];
    }

    /// <summary>True of comments alone: nothing to look up, so that no references need be bound.</summary>
    private static bool SaysNothing(CompilationUnitSyntax root) =>
        root is { Usings.Count: 0, Externs.Count: 0, AttributeLists.Count: 0, ContainsDirectives: false };

    private static bool Declares(CSharpCompilation compilation) =>
        compilation.SyntaxTrees[0].GetCompilationUnitRoot().Usings.Count > 0
        || compilation.ScriptClass!.GetMembers().Any(member => !member.IsImplicitlyDeclared);

    private static bool HasValue(CSharpCompilation compilation) =>
        ValueOf(compilation.SyntaxTrees[0].GetRoot()) is { } value
        && compilation.GetSemanticModel(compilation.SyntaxTrees[0]).GetTypeInfo(value).Type is { SpecialType: not SpecialType.System_Void };

    /// <summary>The expression without a semicolon at a cell's end; null when there is none.</summary>
    private static ExpressionSyntax? ValueOf(SyntaxNode root) =>
        root is CompilationUnitSyntax { Members: [.., GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } statement }] }
            ? statement.Expression : null;
}
