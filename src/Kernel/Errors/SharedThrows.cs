using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Reflection.Emit;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>
/// Where in a method an exception may have been thrown whose place the runtime cannot tell: the compiler of optimised code
/// has all checks of a kind (the bounds of arrays, overflow, calls that never return) share one piece of code that throws,
/// and a stack trace names whatever line that piece is counted to.
/// </summary>
[UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Cells are compiled at run time and never trimmed.")]
internal static class SharedThrows
{
    /// <summary>How deep the compiler puts methods into each other, by experience.</summary>
    private const int MostInlined = 5;

    /// <summary>Bytes of a method that it puts into another without being told to.</summary>
    private const int LongestInlined = 100;

    /// <summary>The offsets of the instructions that may have thrown; null when the stack trace can be believed.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="method">A method of a cell's on the stack.</param>
    /// <param name="callee">What it had called; null when it threw by itself.</param>
    public static IReadOnlyList<int>? SitesOf(Exception exception, MethodBase method, MethodBase? callee)
    {
        if (!IsOptimised(method)) return null;
        Func<Instruction, bool>? throws = exception switch
        {
            IndexOutOfRangeException => static instruction => IsElementAccess(instruction.Code),
            OverflowException => static instruction => Overflows(instruction.Code),
            _ => null,
        };
        // The runtime's own helpers, one for each kind of check, or an instruction of the method itself.
        if (throws is not null && (callee is null || callee.DeclaringType?.Namespace == "Internal.Runtime.CompilerHelpers"))
            return Sites(method, throws, called => called.Name == callee?.Name || (called.DeclaringType!.IsArray && !called.IsConstructor));
        return callee is not null && NeverReturns(callee) ? Sites(method, static _ => false, called => IsSame(called, callee)) : null;
    }

    private static List<int> Sites(MethodBase method, Func<Instruction, bool> throws, Func<MethodBase, bool> isThrower)
    {
        Dictionary<MethodBase, bool> known = [];
        return [.. Instruction.Of(method).Where(instruction => MayThrow(method, instruction, depth: 0)).Select(instruction => instruction.Offset)];

        bool MayThrow(MethodBase caller, Instruction instruction, int depth)
        {
            if (throws(instruction)) return true;
            if (instruction.CalledBy(caller) is not { } called) return false;
            if (isThrower(called)) return true;
            // What a virtual call stands for the compiler sees in the cell at best, where the object is made.
            if (called.IsVirtual && !called.IsFinal && !called.DeclaringType!.IsSealed) return depth == 0;
            if (depth == MostInlined || !MayBeInlined(called)) return false;
            if (known.TryGetValue(called, out var mayThrow)) return mayThrow;
            known[called] = false;
            return known[called] = Instruction.Of(called).Any(inner => MayThrow(called, inner, depth + 1));
        }
    }

    private static bool MayBeInlined(MethodBase method) =>
        !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.NoInlining)
        && (method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
            || method.GetMethodBody()?.GetILAsByteArray() is { Length: <= LongestInlined });

    private static bool IsElementAccess(OpCode code) => code.Name!.StartsWith("ldelem", StringComparison.Ordinal) || code.Name.StartsWith("stelem", StringComparison.Ordinal);

    private static bool Overflows(OpCode code) =>
        code.Name!.Contains(".ovf", StringComparison.Ordinal) || code == OpCodes.Newarr || code == OpCodes.Div || code == OpCodes.Rem;

    private static bool NeverReturns(MethodBase method) => method.GetMethodBody() is not null && !Instruction.Of(method).Any(instruction => instruction.Code == OpCodes.Ret);

    /// <summary>Generic methods are the same whatever their arguments.</summary>
    private static bool IsSame(MethodBase one, MethodBase other) => one.MetadataToken == other.MetadataToken && one.Module == other.Module;

    private static bool IsOptimised(MethodBase method) =>
        method.Module.Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
}
