using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>An instruction of the intermediate language (ECMA-335).</summary>
/// <param name="Offset">In the method's body.</param>
/// <param name="Code">What it does.</param>
/// <param name="Token">What it names; 0 when it names nothing.</param>
internal readonly record struct Instruction(int Offset, OpCode Code, int Token)
{
    private const byte TwoBytes = 0xFE;

    private static readonly FrozenDictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    /// <summary>The instructions of a method; none when it has no body.</summary>
    public static IEnumerable<Instruction> Of(MethodBase method)
    {
        var body = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < body.Length;)
        {
            var start = at;
            var code = Codes[body[at] == TwoBytes ? (short)((TwoBytes << 8) | body[++at]) : body[at]];
            at++;
            var token = code.OperandType is OperandType.InlineMethod ? BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at)) : 0;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(at))),
                _ => 4,
            };
            yield return new Instruction(start, code, token);
        }
    }

    /// <summary>The method that it calls; null when it calls none that can be named.</summary>
    /// <param name="caller">The method that it is part of.</param>
    public MethodBase? CalledBy(MethodBase caller)
    {
        if (Token == 0) return null;
        try
        {
            return caller.Module.ResolveMethod(
                Token,
                caller.DeclaringType?.GetGenericArguments(),
                caller.IsGenericMethod ? caller.GetGenericArguments() : null);
        }
        catch (Exception unknown) when (unknown is ArgumentException or TypeLoadException or IOException or BadImageFormatException or MissingMethodException)
        {
            return null;
        }
    }
}
