using System.IO.MemoryMappedFiles;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace ConcurrencyLab.Kernel.Compilation;

/// <summary>
/// An assembly that the compiler reads straight from the file. <see cref="MetadataReference.CreateFromFile(string, MetadataReferenceProperties, DocumentationProvider?)"/>
/// copies the whole file into memory, and the framework is 70 MB of which a notebook needs a few.
/// </summary>
internal static class MappedReference
{
    /// <summary>Maps a file for as long as the process lives; the file must not be rewritten meanwhile.</summary>
    /// <param name="path">Absolute path of a managed assembly.</param>
    public static unsafe PortableExecutableReference Open(string path)
    {
        var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        var view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        // Never released: the compiler's symbols point into it.
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var metadata = new PEReader(start, checked((int)new FileInfo(path).Length)).GetMetadata();
        return AssemblyMetadata.Create(ModuleMetadata.CreateFromMetadata((nint)metadata.Pointer, metadata.Length)).GetReference(filePath: path);
    }
}
