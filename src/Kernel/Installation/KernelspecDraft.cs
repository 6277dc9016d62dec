namespace ConcurrencyLab.Kernel.Installation;

/// <summary>A kernelspec's folder that appears whole or not at all.</summary>
internal static class KernelspecDraft
{
    /// <summary>Has it made beside its place and moves it there when it is complete, over an earlier installation.</summary>
    /// <param name="folder">Its place, in a folder of kernels.</param>
    /// <param name="make">Makes it in the folder that it is given.</param>
    /// <param name="say">Told that it is there.</param>
    /// <returns><paramref name="folder"/>.</returns>
    /// <exception cref="InstallationException">The folder cannot be written, or what <paramref name="make"/> says.</exception>
    public static async Task<string> CompleteAsync(string folder, Func<string, Task> make, Action<string> say)
    {
        var kernels = Path.GetDirectoryName(folder)!;
        var draft = Path.Combine(kernels, $".concurrency-lab-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(draft);
            await make(draft).ConfigureAwait(false);
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.Move(draft, folder);
            say($"Registered as {Path.GetFileName(folder)} in {kernels}.");
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InstallationException($"{kernels} cannot be written: {exception.Message}");
        }
        finally
        {
            if (Directory.Exists(draft)) Directory.Delete(draft, recursive: true);
        }
    }
}
