using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Types: what is static in them begins anew with every run, which no type initialiser does.</summary>
internal sealed partial class Rewriter
{
    /// <summary>The method that gives a type's static variables their first values.</summary>
    private const string Reset = "__Reset";

    /// <summary>Types with such a method, as calls of it.</summary>
    public List<string> Resets { get; } = [];

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => WithReset(node, (TypeDeclarationSyntax)base.VisitClassDeclaration(node)!);

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => WithReset(node, (TypeDeclarationSyntax)base.VisitStructDeclaration(node)!);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => WithReset(node, (TypeDeclarationSyntax)base.VisitRecordDeclaration(node)!);

    private TypeDeclarationSyntax WithReset(TypeDeclarationSyntax node, TypeDeclarationSyntax visited)
    {
        var values = new List<string>();
        var members = new List<MemberDeclarationSyntax>();
        foreach (var member in visited.Members)
        {
            members.AddRange(Resettable(member, values));
        }

        if (values.Count == 0 || model.GetDeclaredSymbol(node) is not { } type)
        {
            return visited;
        }

        if (IsGeneric(type))
        {
            unseen.Add(node, $"static variables of {type.ToMinimalDisplayString(model, node.SpanStart)}, which keep their values from run to run");
            return visited;
        }

        Resets.Add($"{type.ToMinimalDisplayString(model, node.SyntaxTree.GetRoot().FullSpan.End)}.{Reset}()");
        return visited.WithMembers(SyntaxFactory.List(members.Append(SyntaxFactory.ParseMemberDeclaration($"public static void {Reset}() {{ {string.Concat(values)} }}\n")!)));
    }

    /// <summary>The member without its first value, which goes to the list.</summary>
    private static IEnumerable<MemberDeclarationSyntax> Resettable(MemberDeclarationSyntax member, List<string> values)
    {
        if (!member.Modifiers.Any(SyntaxKind.StaticKeyword) || member.Modifiers.Any(SyntaxKind.ConstKeyword))
        {
            return [member];
        }

        switch (member)
        {
            case FieldDeclarationSyntax field:
                var type = field.Declaration.Type.ToString().Trim();
                values.AddRange(field.Declaration.Variables.Select(variable =>
                    $"{variable.Identifier} = {(variable.Initializer?.Value is InitializerExpressionSyntax items ? $"new {type}{items}" : variable.Initializer?.Value.ToFullString() ?? "default!")};"));
                return [field
                    .WithModifiers(SyntaxFactory.TokenList(field.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ReadOnlyKeyword))))
                    .WithDeclaration(field.Declaration.WithVariables(SyntaxFactory.SeparatedList(field.Declaration.Variables.Select(variable => variable.WithInitializer(null)))))];
            case PropertyDeclarationSyntax { AccessorList: { } accessors } property when accessors.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null):
                values.Add($"{property.Identifier} = {property.Initializer?.Value.ToFullString() ?? "default!"};");
                var open = accessors.Accessors.Any(accessor => accessor.IsKind(SyntaxKind.SetAccessorDeclaration)) ? accessors
                    : accessors.AddAccessors(SyntaxFactory.AccessorDeclaration(SyntaxKind.SetAccessorDeclaration).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)));
                return [property.WithInitializer(null).WithSemicolonToken(default).WithAccessorList(open)];
            case ConstructorDeclarationSyntax { Body: { } body }:
                values.Add(body.ToFullString());
                return [];
            default:
                return [member];
        }
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.IsGenericType || type.ContainingType is { IsScriptClass: false } outer && IsGeneric(outer);
}
