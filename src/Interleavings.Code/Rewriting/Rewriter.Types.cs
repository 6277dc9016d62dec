using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Interleavings.Code;

/// <summary>Types: what is static in them begins anew with every run, which no type initialiser does.</summary>
internal sealed partial class Rewriter
{
    /// <summary>Calls of the methods that give the static variables of types their first values.</summary>
    public List<string> Resets { get; } = [];

    public override SyntaxNode? VisitClassDeclaration(ClassDeclarationSyntax node) => WithReset(node, () => (TypeDeclarationSyntax)base.VisitClassDeclaration(node)!);

    public override SyntaxNode? VisitStructDeclaration(StructDeclarationSyntax node) => WithReset(node, () => (TypeDeclarationSyntax)base.VisitStructDeclaration(node)!);

    public override SyntaxNode? VisitRecordDeclaration(RecordDeclarationSyntax node) => WithReset(node, () => (TypeDeclarationSyntax)base.VisitRecordDeclaration(node)!);

    private TypeDeclarationSyntax WithReset(TypeDeclarationSyntax node, Func<TypeDeclarationSyntax> visit)
    {
        var before = Resets.Count;
        var visited = visit();
        // Types inside may be seen from here only.
        var values = Resets.Skip(before).Select(reset => reset + ";").ToList();
        Resets.RemoveRange(before, Resets.Count - before);
        var members = new List<MemberDeclarationSyntax>();
        foreach (var member in visited.Members)
        {
            members.AddRange(Resettable(member, values));
        }

        if (values.Count == 0 || model.GetDeclaredSymbol(node) is not { } type)
        {
            return visited;
        }

        if (type.IsGenericType)
        {
            unseen.Add(node, $"static variables of {type.Name}, which keep their values from run to run");
            return visited;
        }

        // Parts of a type have one each.
        var reset = Fresh("Reset");
        var inner = type.ContainingType is { IsScriptClass: false } || type.ContainingNamespace.IsGlobalNamespace || type.ContainingType is not null;
        Resets.Add($"{(inner ? type.Name : $"global::{type.ContainingNamespace.ToDisplayString()}.{type.Name}")}.{reset}()");
        return visited.WithMembers(SyntaxFactory.List(members.Append(SyntaxFactory.ParseMemberDeclaration($"public static void {reset}() {{ {string.Concat(values)} }}\n")!)));
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
}
