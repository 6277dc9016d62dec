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

    /// <summary>Tells a reader who goes on with something closed how to go on.</summary>
    /// <param name="isClosed">Whether it is.</param>
    /// <param name="what">What it is, as <c>The coffee shop</c>.</param>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    internal static void ThrowIfClosed(bool isClosed, string what)
    {
        if (isClosed) throw new ObjectDisposedException(null, $"{what} was closed: run the cell that opened it again.");
    }
}
