using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.Recommendations;
using Microsoft.CodeAnalysis.Tags;
using Microsoft.CodeAnalysis.Text;

namespace ConcurrencyLab.Kernel.Language;

/// <summary>What an editor lists while a name is typed.</summary>
internal static class CompletionList
{
    /// <summary>A list of thousands is read from the top; the others' signatures can be asked for one by one.</summary>
    private const int Signatures = 50;

    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType);

    /// <summary>What could stand at a place of a cell, a UTF-16 index; best first.</summary>
    public static async Task<Completions> OfAsync(Document document, int index, CancellationToken cancel)
    {
        var service = CompletionService.GetService(document)!;
        var list = await service.GetCompletionsAsync(document, index, cancellationToken: cancel).ConfigureAwait(false);
        var typed = (await document.GetTextAsync(cancel).ConfigureAwait(false)).ToString(TextSpan.FromBounds(list.Span.Start, index));
        var offered = list.ItemsList.Where(item => !item.IsComplexTextEdit && !item.Tags.Contains(WellKnownTags.Snippet))
            .OrderByDescending(item => item.Rules.MatchPriority)
            .ThenBy(item => item.SortText, StringComparer.OrdinalIgnoreCase).ThenBy(item => item.SortText, StringComparer.Ordinal)
            .ToLookup(item => item.FilterText.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        // The name itself, then those in the typed case. One letter is the beginning of a hump in half of all names.
        var fitting = offered[true].OrderBy(item => item.FilterText.Length > typed.Length).ThenBy(item => !item.FilterText.StartsWith(typed, StringComparison.Ordinal))
            .Concat(typed.Length < 2 ? [] : service.FilterItems(document, [.. offered[false]], typed).OrderBy(item => item.FilterText[0] != typed[0]));
        List<(string Text, CompletionItem Item)> items = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (var item in fitting)
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
                // To the compiler a script is a class; to its user it is not.
                symbol is IFieldSymbol { ContainingType.IsScriptClass: true } ? "variable" : KindOf(item.Item),
                place < Signatures ? symbol?.ToMinimalDisplayString(model, index, Signature) ?? "" : "");
        })]);
    }

    /// <summary>What an item inserts; null when that is more than a replacement of what was typed, which no front end can do.</summary>
    private static async Task<string?> TextOf(
        CompletionService service, Document document, CompletionItem item, TextSpan span, CancellationToken cancel)
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
