namespace ConcurrencyLab;

/// <summary>Finds the coffee shop's program, which is run but never linked.</summary>
internal static class ShopLocation
{
    private const string Folder = "coffeeshop", FileName = "CoffeeShop.dll";

    /// <summary>The path of <c>CoffeeShop.dll</c>: beside this library, or in the lab of a folder above it or above the current one.</summary>
    /// <exception cref="FileNotFoundException">It is not there; the message says how to get it.</exception>
    public static string Find() => Find(
        // Empty when a host has loaded the library from memory; elsewhere when from a copy.
        typeof(ShopLocation).Assembly.Location is { Length: > 0 } library ? Path.GetDirectoryName(library)! : AppContext.BaseDirectory,
        Environment.CurrentDirectory);

    internal static string Find(params string[] starts)
    {
        string[] places =
        [
            Path.Combine(starts[0], Folder, FileName),
            .. starts.SelectMany(Upwards).Select(folder => Path.Combine(folder, "artifacts", "lab", Folder, FileName)),
        ];
        return places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"The coffee shop is not built: run 'dotnet build' in the lab's folder. Looked for {places[0]} and for artifacts/lab/{Folder}/ in the folders above.");
    }

    private static IEnumerable<string> Upwards(string path)
    {
        for (var folder = new DirectoryInfo(path); folder is not null; folder = folder.Parent) yield return folder.FullName;
    }
}
