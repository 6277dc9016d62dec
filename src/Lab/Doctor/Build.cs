using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Doctor;

/// <summary>What the checkout has built.</summary>
internal static class Build
{
    /// <summary>The workload library that every chapter loads.</summary>
    public static Task<Finding> LibraryAsync(Patient patient)
    {
        const string Subject = "library";
        if (patient.Root.Length == 0)
            return Task.FromResult(Finding.Needed(Subject, "this is not inside a clone of the lab", "change into the clone's folder and ask again"));
        var file = Path.Combine(patient.Lab, "ConcurrencyLab.dll");
        // Written by the build whenever it has staged anything; equal files keep their own, older dates.
        var stamp = Path.Combine(patient.Lab, "staged.txt");
        if (!File.Exists(file) || !File.Exists(stamp)) return Task.FromResult(Finding.Needed(Subject, $"{Paths.Shown(file)} is not built", Patient.Build));
        return Task.FromResult(File.GetLastWriteTimeUtc(stamp) < patient.NewestSource("src/Workloads", "src/CoffeeShop")
            ? Finding.Needed(Subject, $"{Paths.Shown(file)} is older than its sources", Patient.Build)
            : Finding.Fine(Subject, $"{Paths.Shown(file)}, as new as its sources"));
    }
}
