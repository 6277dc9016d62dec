using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>A place in a user's cell through which an exception travelled.</summary>
/// <param name="Cell">The cell's number.</param>
/// <param name="Line">1-based; null when it may be one of several.</param>
/// <param name="Column">1-based; null when unknown.</param>
/// <param name="Method">The method as the user wrote it; null for code outside of any method.</param>
internal sealed partial record UserFrame(int Cell, int? Line, int? Column, string? Method)
{
    /// <summary>The lines that it may be; one when <see cref="Line"/> is known, none when nothing is.</summary>
    public IReadOnlyList<int> Lines { get; private init; } = [];

    /// <summary>The user's frames of an exception, innermost first.</summary>
    public static List<UserFrame> Of(Exception exception)
    {
        List<UserFrame> frames = [];
        MethodBase? callee = null;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            var found = Of(frame, exception, callee);
            callee = frame.GetMethod();
            // A rethrow along an await reports the same place twice.
            if (found is not null && (frames.Count == 0 || !frames[^1].IsSamePlace(found))) frames.Add(found);
        }

        return frames;
    }

    private static UserFrame? Of(StackFrame frame, Exception exception, MethodBase? callee)
    {
        if (frame.GetMethod() is not { } method) return null;
        if (CellSymbols.PointsOf(method) is [{ Path: var path }, ..] points && CellSources.CellOf(path) is { } thrower
            && SharedThrows.SitesOf(exception, method, callee) is { } sites)
        {
            List<StatementPoint> places = [.. sites.Select(site => points.LastOrDefault(point => point.Offset <= site)).Where(point => point.Line > 0).DistinctBy(point => point.Line)];
            return places is [var only]
                ? new UserFrame(thrower, only.Line, only.Column, NameOf(frame)) { Lines = [only.Line] }
                : new UserFrame(thrower, null, null, NameOf(frame)) { Lines = [.. places.Select(point => point.Line).Order()] };
        }

        if (CellSources.CellOf(frame.GetFileName()) is not { } cell || frame.GetFileLineNumber() is not (> 0 and var line)) return null;
        return new UserFrame(cell, line, frame.GetFileColumnNumber() is > 0 and var column ? column : null, NameOf(frame)) { Lines = [line] };
    }

    private bool IsSamePlace(UserFrame other) => (Cell, Method) == (other.Cell, other.Method) && Lines.SequenceEqual(other.Lines);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Cells are compiled at run time and never trimmed.")]
    private static string? NameOf(StackFrame frame)
    {
        var method = frame.GetMethod();
        if (method?.DeclaringType is null) return method?.Name;
        List<string> owners = [];
        for (var type = method.DeclaringType; type is not null && !ScriptClass.Is(type); type = type.DeclaringType)
            owners.Insert(0, type.Name);

        // Lambdas, local functions and async methods live in generated members: <Brew>b__0, <Brew>g__Pour|0_1, <Brew>d__3.
        var generated = owners.Append(method.Name).LastOrDefault(name => name.Contains('<', StringComparison.Ordinal));
        var visible = owners.Where(name => !name.Contains('<', StringComparison.Ordinal)).Select(WithoutArity);
        if (generated is null) return string.Join('.', visible.Append(method.Name == ".ctor" ? "constructor" : method.Name));

        var local = LocalFunction().Match(generated);
        if (local.Success) return local.Groups[1].Value;
        var outer = OuterMethod().Match(generated).Groups[1].Value;
        var isLambda = generated.Contains(">b__", StringComparison.Ordinal);
        if (outer is "" or "Initialize" or "Main") return isLambda ? "a lambda" : null;
        return string.Join('.', visible.Append(isLambda ? $"a lambda in {outer}" : outer));
    }

    private static string WithoutArity(string name) => name.Split('`')[0];

    [GeneratedRegex(@">g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"<+([^<>]*)>")]
    private static partial Regex OuterMethod();
}
