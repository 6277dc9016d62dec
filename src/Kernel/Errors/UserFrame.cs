using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>A place in a user's cell through which an exception travelled.</summary>
/// <param name="Cell">The cell's number.</param>
/// <param name="Lines">The lines that it may be, 1-based; one when the place is known, none when nothing is.</param>
/// <param name="Column">1-based; null when unknown.</param>
/// <param name="Method">The method as the user wrote it; null for code outside of any method.</param>
internal sealed partial record UserFrame(int Cell, IReadOnlyList<int> Lines, int? Column, string? Method)
{
    /// <summary>1-based; null when it may be one of several.</summary>
    public int? Line => Lines is [var only] ? only : null;

    /// <summary>The user's frames of an exception, innermost first.</summary>
    public static List<UserFrame> Of(Exception exception, CellSources sources)
    {
        List<UserFrame> frames = [];
        MethodBase? callee = null;
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: true).GetFrames())
        {
            var found = Of(frame, exception, callee, sources);
            callee = frame.GetMethod();
            // A rethrow along an await reports the same place twice.
            if (found is not null && (frames.Count == 0 || !frames[^1].IsSamePlace(found))) frames.Add(found);
        }

        return frames;
    }

    private static UserFrame? Of(StackFrame frame, Exception exception, MethodBase? callee, CellSources sources)
    {
        if (frame.GetMethod() is not { } method || CellSymbols.PointsOf(method) is not [{ Path: var path }, ..] points || CellSources.CellOf(path) is not { } cell) return null;
        var sites = SharedThrows.SitesOf(exception, method, callee);
        List<StatementPoint> places = sites is null
            ? [.. points.Where(point => point.Line > 0 && point.Line == frame.GetFileLineNumber()).Take(1)]
            : [.. sites.Select(site => points.LastOrDefault(point => point.Offset <= site)).Where(point => point.Line > 0).DistinctBy(point => point.Line)];
        if (places is [var only])
        {
            var calls = callee is null ? [] : CallLines.Of(sources.Of(cell), only, callee.Name);
            var isFirst = calls is [] || (calls is [var line] && line == only.Line);
            return isFirst ? new UserFrame(cell, [only.Line], only.Column, NameOf(frame)) : new UserFrame(cell, calls, null, NameOf(frame));
        }

        return sites is null ? null : new UserFrame(cell, [.. places.Select(place => place.Line).Order()], null, NameOf(frame));
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
