using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>Tells <c>for</c> loops that certainly count to a bound from those that may never end.</summary>
internal static class CountingLoop
{
    // Rounds that take seconds when they do nothing else. More are as good as endless.
    private const decimal MostRounds = uint.MaxValue;

    /// <summary>
    /// True when a whole number of the method's own that nothing else in the loop writes goes, in steps that are known, towards
    /// a bound that its type can pass and that does not flee from it.
    /// </summary>
    public static bool Is(ForStatementSyntax loop, Lazy<SemanticModel> model) =>
        loop.Condition is { } condition && Conjuncts(condition).OfType<BinaryExpressionSyntax>().Any(comparison => IsPassed(loop, comparison, model.Value));

    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition) =>
        condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both
            ? Conjuncts(both.Left).Concat(Conjuncts(both.Right)) : [condition];

    private static bool IsPassed(ForStatementSyntax loop, BinaryExpressionSyntax comparison, SemanticModel model)
    {
        if (comparison.Left is not IdentifierNameSyntax counter || model.GetTypeInfo(counter).Type is not { } type || RangeOf(type) is not var (least, most)) return false;
        // What other methods and cells see, they can set back.
        if (model.GetSymbolInfo(counter).Symbol is not (ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None })) return false;
        var kind = comparison.Kind();
        var goesUp = kind is SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression;
        if (!goesUp && kind is not (SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression)) return false;
        var name = counter.Identifier.ValueText;
        var steps = loop.Incrementors.SelectMany(step => step.DescendantNodesAndSelf()).Where(node => Writes(node, name)).ToList();
        if (steps.Count != 1 || StepOf(steps[0], name, goesUp, model) is not { } step || step <= 0) return false;
        if (loop.Statement.DescendantNodes().Concat(loop.Condition!.DescendantNodesAndSelf()).Any(node => Writes(node, name))) return false;
        if (model.GetConstantValue(comparison.Right) is { HasValue: true, Value: IConvertible constant and not (string or bool or char or double or float) })
        {
            // Beyond the end of its type a number starts again at the other.
            var bound = Convert.ToDecimal(constant, CultureInfo.InvariantCulture);
            var last = kind is SyntaxKind.LessThanExpression ? bound - 1 : kind is SyntaxKind.GreaterThanExpression ? bound + 1 : bound;
            return Math.Abs(last) / step <= MostRounds && (goesUp ? last + step <= most : last - step >= least);
        }

        // Where the bound may be 0, an unsigned number may never come to be less.
        return (goesUp || least < 0) && !Flees(comparison.Right, loop.Statement) && model.GetTypeInfo(comparison.Right).Type is { } bounds
            && RangeOf(bounds) is { Most: <= MostRounds } && model.Compilation.ClassifyConversion(bounds, type).IsImplicit;
    }

    /// <summary>True of the length of what the loop itself calls: <c>i &lt; list.Count</c> with <c>list.Add(i)</c>.</summary>
    private static bool Flees(ExpressionSyntax bound, StatementSyntax body) => bound is MemberAccessExpressionSyntax { Expression: var whole }
        && body.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is MemberAccessExpressionSyntax called && called.Expression.IsEquivalentTo(whole));

    /// <summary>How far the counter goes in each round; null when that is not known or the other way.</summary>
    private static decimal? StepOf(SyntaxNode step, string name, bool goesUp, SemanticModel model) => step switch
    {
        PrefixUnaryExpressionSyntax unary when unary.IsKind(goesUp ? SyntaxKind.PreIncrementExpression : SyntaxKind.PreDecrementExpression) => 1,
        PostfixUnaryExpressionSyntax unary when unary.IsKind(goesUp ? SyntaxKind.PostIncrementExpression : SyntaxKind.PostDecrementExpression) => 1,
        AssignmentExpressionSyntax add when Names(add.Left, name) && add.IsKind(goesUp ? SyntaxKind.AddAssignmentExpression : SyntaxKind.SubtractAssignmentExpression)
            && model.GetConstantValue(add.Right) is { HasValue: true, Value: sbyte or byte or short or ushort or int or uint or long or ulong } constant =>
            Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture),
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
