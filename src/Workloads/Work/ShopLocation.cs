namespace ConcurrencyLab;

/// <summary>Finds the coffee shop's program, which is run but never linked.</summary>
internal static class ShopLocation
{
    /// <summary>Names the program (or its folder) when it lies in none of the usual places.</summary>
    public const string Variable = "CONCURRENCYLAB_COFFEESHOP";

    private const string FileName = "CoffeeShop.dll";

    /// <summary>The path of <c>CoffeeShop.dll</c>. Throws <see cref="FileNotFoundException"/> that says how to get it.</summary>
    public static string Find() => Find(Environment.GetEnvironmentVariable(Variable));

    internal static string Find(string? wanted)
    {
        if (!string.IsNullOrWhiteSpace(wanted))
        {
            var named = Directory.Exists(wanted) ? Path.Combine(wanted, FileName) : wanted;
            return File.Exists(named)
                ? Path.GetFullPath(named)
                : throw new FileNotFoundException($"{Variable} names '{wanted}', where no {FileName} is: correct or unset it.", named);
        }
        var places = Places().Distinct().ToArray();
        return places.FirstOrDefault(File.Exists) ?? throw new FileNotFoundException(
            $"The coffee shop is not built: run 'dotnet build' in the lab's folder, or let {Variable} name {FileName}. Looked for {places[0]} and for artifacts/lab/coffeeshop/ in the folders above.");
    }

    private static IEnumerable<string> Places()
    {
        // Assembly.Location is empty when a host loads from memory, and elsewhere when it loads a shadow copy.
        var assembly = typeof(ShopLocation).Assembly.Location;
        string[] starts = [assembly.Length > 0 ? Path.GetDirectoryName(assembly)! : AppContext.BaseDirectory, AppContext.BaseDirectory, Environment.CurrentDirectory];
        foreach (var start in starts.Take(2)) yield return Path.Combine(start, "coffeeshop", FileName);
        foreach (var start in starts)
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                yield return Path.Combine(folder.FullName, "artifacts", "lab", "coffeeshop", FileName);
    }
}
