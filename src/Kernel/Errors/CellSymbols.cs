using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ConcurrencyLab.Kernel.Errors;

/// <summary>The debug information of cells, for places that the runtime's own stack trace gets wrong.</summary>
internal static class CellSymbols
{
    private static readonly ConditionalWeakTable<Assembly, MetadataReaderProvider> Symbols = [];

    /// <summary>Remembers what the compiler wrote beside a cell's assembly.</summary>
    public static void Add(Assembly assembly, byte[] portablePdb) =>
        Symbols.AddOrUpdate(assembly, MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(portablePdb)));

    /// <summary>Where the statements of a cell's method begin, in the order of its instructions; empty for a method of no cell.</summary>
    public static IReadOnlyList<StatementPoint> PointsOf(MethodBase method)
    {
        if (!Symbols.TryGetValue(method.Module.Assembly, out var provider)) return [];
        var reader = provider.GetMetadataReader();
        var information = reader.GetMethodDebugInformation(((MethodDefinitionHandle)MetadataTokens.EntityHandle(method.MetadataToken)).ToDebugInformationHandle());
        return [.. information.GetSequencePoints().Select(point => new StatementPoint(
            point.Offset, reader.GetString(reader.GetDocument(point.Document).Name), point.IsHidden ? 0 : point.StartLine, point.StartColumn, point.EndLine, point.EndColumn))];
    }
}

/// <summary>Where a statement begins.</summary>
/// <param name="Offset">Of its first instruction in the method.</param>
/// <param name="Path">The source's name.</param>
/// <param name="Line">1-based; 0 for what the compiler has added.</param>
/// <param name="Column">1-based.</param>
/// <param name="EndLine">Where it ends.</param>
/// <param name="EndColumn">Where it ends, exclusive.</param>
internal readonly record struct StatementPoint(int Offset, string Path, int Line, int Column, int EndLine, int EndColumn);
