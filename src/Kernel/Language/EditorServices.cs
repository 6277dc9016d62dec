using ConcurrencyLab.Kernel.Compilation;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Tags;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>
/// What Roslyn's services for editors say about a cell that is being written. They take a second or two and 80 MB to
/// load, so nobody makes one before somebody asks.
/// </summary>
/// <param name="foundation">What the cell stands on at this moment.</param>
/// <param name="options">How cells are compiled.</param>
internal sealed class EditorServices(Func<Foundation> foundation, CSharpCompilationOptions options) : IDisposable
{
    /// <summary>A list of thousands is read from the top; the others' signatures can be asked for one by one.</summary>
    private const int Signatures = 50;

    private readonly DraftWorkspace _workspace = new(foundation, options);

    /// <summary>What could stand at a place.</summary>
    /// <param name="code">The cell's C#.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Completions> CompleteAsync(string code, int index, CancellationToken cancel)
    {
        var document = _workspace.Open(code, cancel);
        var root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        if (DraftCell.IsProse(root, index)) return new Completions(index, index, []);
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, index, cancellationToken: cancel).ConfigureAwait(false);
        var typed = code[list.Span.Start..index];
        var fitting = list.ItemsList
            .Where(item => !item.IsComplexTextEdit && !item.Tags.Contains(WellKnownTags.Snippet))
            .Select(item => (Item: item, Rank: NameMatch.Rank(item.FilterText, typed)))
            .Where(fit => fit.Rank is not null)
            .OrderBy(fit => fit.Rank)
            .ThenByDescending(fit => fit.Item.Rules.MatchPriority)
            .ThenBy(fit => fit.Item.SortText, StringComparer.OrdinalIgnoreCase)
            .ThenBy(fit => fit.Item.SortText, StringComparer.Ordinal);
        List<(string Text, CompletionItem Item)> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var (item, _) in fitting)
        {
            if (await TextOf(service, document, item, list.Span, cancel).ConfigureAwait(false) is { } text && seen.Add(text)) items.Add((text, item));
        }

        var symbols = (await Recommender.GetRecommendedSymbolsAtPositionAsync(document, index, cancellationToken: cancel).ConfigureAwait(false))
            .ToLookup(symbol => symbol.Name);
        var model = (await document.GetSemanticModelAsync(cancel).ConfigureAwait(false))!;
        return new Completions(list.Span.Start, list.Span.End, [.. items.Select((item, place) =>
        {
            var symbol = symbols[item.Text].FirstOrDefault();
            return new Completion(
                item.Text,
                symbol is IFieldSymbol { ContainingType.IsScriptClass: true } ? "variable" : KindOf(item.Item),
                place < Signatures ? symbol?.ToMinimalDisplayString(model, index, Completion.SignatureFormat) ?? "" : "");
        })]);
    }

    /// <summary>Signature and documentation of what stands at a place.</summary>
    /// <param name="code">The cell's C#.</param>
    /// <param name="index">UTF-16 index of the cursor.</param>
    /// <param name="withSource">True to add how an earlier cell declared it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null when nothing known stands there.</returns>
    public Task<string?> DescribeAsync(string code, int index, bool withSource, CancellationToken cancel) =>
        QuickInfo.Describe(_workspace.Open(code, cancel), index, withSource, cancel);

    /// <inheritdoc/>
    public void Dispose() => _workspace.Dispose();

    /// <summary>What an item inserts; null when that is more than a replacement of what was typed, which no front end can do.</summary>
    private static async Task<string?> TextOf(
        CompletionService service, Document document, CompletionItem item, Microsoft.CodeAnalysis.Text.TextSpan span, CancellationToken cancel)
    {
        if (item.Properties.TryGetValue("InsertionText", out var text)) return text;
        if (item.Tags.Contains(WellKnownTags.Keyword)) return item.DisplayText;
        // An argument's name.
        if (item.DisplayTextSuffix == ":") return item.DisplayText + item.DisplayTextSuffix;
        var change = await service.GetChangeAsync(document, item, cancellationToken: cancel).ConfigureAwait(false);
        return change.TextChange.Span == span ? change.TextChange.NewText : null;
    }

    /// <summary>The names by which front ends know what is what; they draw an icon for each.</summary>
    private static string KindOf(CompletionItem item) => item.Tags.Select(tag => tag switch
    {
        WellKnownTags.Method or WellKnownTags.ExtensionMethod or WellKnownTags.Operator => "method",
        WellKnownTags.Class or WellKnownTags.Constant or WellKnownTags.Delegate or WellKnownTags.Enum or WellKnownTags.Event
            or WellKnownTags.Field or WellKnownTags.Interface or WellKnownTags.Keyword or WellKnownTags.Property => tag.ToLowerInvariant(),
        WellKnownTags.Structure => "struct",
        WellKnownTags.EnumMember => "enum",
        WellKnownTags.Local or WellKnownTags.Parameter or WellKnownTags.RangeVariable => "variable",
        WellKnownTags.Namespace => "module",
        WellKnownTags.TypeParameter => "typeparameter",
        WellKnownTags.Label => "label",
        _ => null,
    }).FirstOrDefault(kind => kind is not null) ?? "text";
}
