using System.Diagnostics;
using System.Globalization;
using ConcurrencyLab.Benchmarks;
using ConcurrencyLab.Benchmarks.Parts;
using ConcurrencyLab.Benchmarks.Peers;
using ConcurrencyLab.Benchmarks.Report;

// dotnet run --project tests/Benchmarks -c Release                      everything
// dotnet run --project tests/Benchmarks -c Release -- truth waiting     only these parts
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
Repository.Enter();
if (args is ["role", var role, .. var rest])
{
    return Roles.Play(role, rest);
}

var all = BenchmarkParts.All;
if (args.FirstOrDefault(name => all.All(part => part.Name != name)) is { } unknown)
{
    Console.Error.WriteLine($"There is no part \"{unknown}\". There are: {string.Join(", ", all.Select(part => part.Name))}; none named means all.");
    return 2;
}

var begun = DateTime.UtcNow;
var files = new ReportFiles(Repository.At("artifacts", "benchmarks"));
string[] peers = [.. BenchmarkPeers.All.Select(peer => peer.Line)];
var measured = new List<Part>();
foreach (var (name, measure) in all.Where(part => args.Length == 0 || args.Contains(part.Name)))
{
    Console.Error.WriteLine($"{name} ...");
    var clock = Stopwatch.StartNew();
    Part part;
    try
    {
        part = await measure(files.Folder);
    }
    catch (Exception fault)
    {
        // One part that fails costs its own figures; the others are still worth having.
        part = new Part(name, "not measured", [], [], []) { Failure = $"{fault.GetType().Name}: {fault.Message}" };
        Console.Error.WriteLine(fault);
    }

    measured.Add(part with { Took = clock.Elapsed });
    Console.WriteLine(ReportFiles.Markdown(measured[^1]));
    files.Write(begun, peers, measured);
}

Console.WriteLine($"Written to {Path.GetRelativePath(Repository.Folder, files.Folder)}: report.md, report.json");
return measured.Any(part => part.Failure is not null) ? 1 : 0;
