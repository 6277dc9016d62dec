namespace ConcurrencyLab;

/// <summary>Nothing is left behind when something fails half way.</summary>
internal static class Disposal
{
    /// <summary>What is made of a resource; when that fails, the resource goes with it.</summary>
    internal static T OrDispose<TResource, T>(this TResource resource, Func<TResource, T> make)
        where TResource : IDisposable
    {
        try
        {
            return make(resource);
        }
        catch
        {
            resource.Dispose();
            throw;
        }
    }
}
