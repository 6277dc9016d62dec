using System.Reflection;
using System.Reflection.Emit;

namespace ConcurrencyLab.Interleavings;

/// <summary>Instructions of a compiled method, as ECMA-335 (partition III) writes them.</summary>
internal static class IlReader
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value & 0xFFFF);

    /// <summary>Each instruction with the field, method or number that it names; null where it names something else.</summary>
    public static List<(OpCode Code, object? Operand)> Read(MethodBase method)
    {
        var instructions = new List<(OpCode, object?)>();
        var bytes = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var types = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : null;
        var arguments = method is { IsGenericMethod: true, IsConstructor: false } ? method.GetGenericArguments() : null;
        for (var at = 0; at < bytes.Length;)
        {
            var value = (int)bytes[at++];
            value = value == 0xFE ? value << 8 | bytes[at++] : value;
            var code = Codes[value];
            object? operand = null;
            switch (code.OperandType)
            {
                case OperandType.InlineNone:
                    operand = value is >= 0x15 and <= 0x1E ? value - 0x16 : null; // ldc.i4.m1 to ldc.i4.8
                    break;
                case OperandType.ShortInlineI:
                    operand = (int)(sbyte)bytes[at++];
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar:
                    at++;
                    break;
                case OperandType.InlineVar:
                    at += 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    at += 8;
                    break;
                case OperandType.InlineSwitch:
                    at += 4 + 4 * BitConverter.ToInt32(bytes, at);
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok:
                    operand = method.Module.ResolveMember(BitConverter.ToInt32(bytes, at), types, arguments);
                    at += 4;
                    break;
                default:
                    operand = code == OpCodes.Ldc_I4 ? BitConverter.ToInt32(bytes, at) : null;
                    at += 4;
                    break;
            }

            instructions.Add((code, operand));
        }

        return instructions;
    }
}
