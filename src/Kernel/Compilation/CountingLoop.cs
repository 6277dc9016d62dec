using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>Tells <c>for</c> loops that count to a bound from those that may never end.</summary>
internal static class CountingLoop
{
    /// <summary>
    /// True when a whole number that nothing else in the loop writes goes towards a bound that its type can pass. A step that is
    /// a variable is taken for one that leads there.
    /// </summary>
    public static bool Is(ForStatementSyntax loop, Lazy<SemanticModel> model) =>
        loop.Condition is { } condition && Conjuncts(condition).OfType<BinaryExpressionSyntax>().Any(comparison => IsPassed(loop, comparison, model.Value));

    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition) =>
        condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both
            ? Conjuncts(both.Left).Concat(Conjuncts(both.Right)) : [condition];

    private static bool IsPassed(ForStatementSyntax loop, BinaryExpressionSyntax comparison, SemanticModel model)
    {
        if (comparison.Left is not IdentifierNameSyntax counter || model.GetTypeInfo(counter).Type is not { } type || RangeOf(type) is not var (least, most)) return false;
        var kind = comparison.Kind();
        var goesUp = kind is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression;
        if (!goesUp && kind is not (SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression)) return false;
        var name = counter.Identifier.ValueText;
        if (loop.Incrementors.Select(step => StepOf(step, name, goesUp, model)).FirstOrDefault(step => step > 0) is not { } step
            || loop.Statement.DescendantNodes().Any(node => Writes(node, name))) return false;
        if (model.GetConstantValue(comparison.Right) is { HasValue: true, Value: IConvertible constant and not (string or bool or char or double or float) })
        {
            // Beyond the end of its type a number starts again at the other.
            var bound = Convert.ToDecimal(constant, CultureInfo.InvariantCulture);
            var last = kind is SyntaxKind.LessThanExpression ? bound - 1 : kind is SyntaxKind.GreaterThanExpression ? bound + 1 : bound;
            return goesUp ? last + step <= most : last - step >= least;
        }

        // Where the bound may be 0, an unsigned number may never come to be less.
        return (goesUp || least < 0) && model.GetTypeInfo(comparison.Right).Type is { } bounds && model.Compilation.ClassifyConversion(bounds, type).IsImplicit;
    }

    /// <summary>How far the counter goes in each round, 1 when that is a variable; null when it is not this counter's or the other way.</summary>
    private static decimal? StepOf(ExpressionSyntax step, string name, bool goesUp, SemanticModel model) => step switch
    {
        PrefixUnaryExpressionSyntax unary when Names(unary.Operand, name) && unary.IsKind(goesUp ? SyntaxKind.PreIncrementExpression : SyntaxKind.PreDecrementExpression) => 1,
        PostfixUnaryExpressionSyntax unary when Names(unary.Operand, name) && unary.IsKind(goesUp ? SyntaxKind.PostIncrementExpression : SyntaxKind.PostDecrementExpression) => 1,
        AssignmentExpressionSyntax add when Names(add.Left, name) && add.IsKind(goesUp ? SyntaxKind.AddAssignmentExpression : SyntaxKind.SubtractAssignmentExpression) =>
            model.GetConstantValue(add.Right) is not { HasValue: true } constant ? 1
                : constant.Value is sbyte or byte or short or ushort or int or uint or long or ulong ? Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture) : null,
        _ => null,
    };

    private static bool Writes(SyntaxNode node, string name) => node switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left.DescendantNodesAndSelf().Any(part => Names(part, name)),
        PrefixUnaryExpressionSyntax unary => Names(unary.Operand, name),
        PostfixUnaryExpressionSyntax unary => Names(unary.Operand, name),
        ArgumentSyntax argument => argument.RefKindKeyword.RawKind != 0 && Names(argument.Expression, name),
        RefExpressionSyntax reference => Names(reference.Expression, name),
        _ => false,
    };

    private static bool Names(SyntaxNode node, string name) => node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name;

    private static (decimal Least, decimal Most)? RangeOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        SpecialType.System_Int64 => (long.MinValue, long.MaxValue),
        SpecialType.System_UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => null,
    };
}
