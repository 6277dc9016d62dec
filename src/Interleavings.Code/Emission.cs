using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>From a tree of ordinary code to a compilation and an image of its twin.</summary>
internal static class Emission
{
    /// <summary>The runtime of twins, in the library of that name.</summary>
    public const string Library = "ConcurrencyLab.Interleavings";

    /// <summary>Rewrites all trees of a compilation.</summary>
    /// <param name="plain">The code as it was written.</param>
    /// <param name="unseen">Told what is left as it was.</param>
    /// <param name="withResets">Adds the calls that give static variables their first values.</param>
    public static CSharpCompilation Rewritten(CSharpCompilation plain, Unseen unseen, Func<SyntaxNode, IReadOnlyList<string>, SyntaxNode> withResets)
    {
        var made = plain;
        foreach (var tree in plain.SyntaxTrees)
        {
            var model = plain.GetSemanticModel(tree);
            var root = tree.GetRoot();
            var rewriter = new Rewriter(model, CapturedVariables.In(model, root), unseen);
            var rewritten = withResets(rewriter.Visit(root)!, rewriter.Resets);
            // Parsed anew: what was put together from pieces of text is a tree only then.
            made = made.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(rewritten.ToFullString(), (CSharpParseOptions)tree.Options));
        }

        return made;
    }

    /// <exception cref="TwinException">It does not compile.</exception>
    public static void MustCompile(CSharpCompilation plain, string what)
    {
        if (plain.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
        {
            throw new TwinException(string.Create(CultureInfo.InvariantCulture, $"{what} cannot be explored: taken out of its surroundings, line {error.Location.GetMappedLineSpan().StartLinePosition.Line + 1} does not compile ({error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)})."));
        }
    }

    /// <exception cref="TwinException">The twin does not compile.</exception>
    public static byte[] ImageOf(CSharpCompilation twin)
    {
        using var image = new MemoryStream();
        var emitted = twin.Emit(image);
        if (!emitted.Success)
        {
            var error = emitted.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
            var line = error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
            throw new TwinException($"The tester's own twin of the code does not compile, which is a fault of the tester ({error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}, in \"{(line.Length > 200 ? line[..200] : line)}\"). Write that part more simply, or use the API of ProgramBuilder.");
        }

        return image.ToArray();
    }
}
