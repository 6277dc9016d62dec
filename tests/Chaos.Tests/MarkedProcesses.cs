using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace ConcurrencyLab.Tests;

/// <summary>A process of a run.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Role">What it does there.</param>
/// <param name="State">One letter, as <c>ps</c> shows it: T is stopped.</param>
/// <param name="Command">Its command line.</param>
internal sealed record MarkedProcess(int Id, Role Role, char State, string Command);

/// <summary>All processes that a run has started, however far from it: they carry a mark in their environment.</summary>
internal sealed class MarkedProcesses
{
    private const string Variable = "CHAOS_RUN";

    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>Marks a process that is about to be started, and with it all that it starts.</summary>
    public void Mark(ProcessStartInfo start) => start.Environment[Variable] = _mark;

    /// <summary>Those that are there now, stopped ones too.</summary>
    public List<MarkedProcess> All()
    {
        var members = new List<MarkedProcess>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                if (!Encoding.UTF8.GetString(File.ReadAllBytes($"{folder}/environ")).Contains($"{Variable}={_mark}", StringComparison.Ordinal)) continue;
                var command = Encoding.UTF8.GetString(File.ReadAllBytes($"{folder}/cmdline")).Split('\0', StringSplitOptions.RemoveEmptyEntries);
                var stat = File.ReadAllText($"{folder}/stat");
                members.Add(new MarkedProcess(id, RoleOf(command), stat[stat.LastIndexOf(')') + 2], string.Join(' ', command)));
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or is another user's.
            }
        }
        return members;
    }

    /// <summary>The first with a role as soon as there is one.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="over">Gives up, with null.</param>
    public async Task<MarkedProcess?> WhenThereAsync(Role role, Task over)
    {
        while (!over.IsCompleted)
        {
            if (All().Find(member => member.Role == role) is { } found) return found;
            // The system does not tell when another process starts; a look every few milliseconds is as near as it gets.
            await Task.WhenAny(over, Task.Delay(3));
        }
        return null;
    }

    /// <summary>Waits until none is left and tells who still is after the longest time that this may take.</summary>
    public async Task<List<MarkedProcess>> WhenGoneAsync(TimeSpan longest)
    {
        var clock = Stopwatch.StartNew();
        List<MarkedProcess> left;
        while ((left = All()).Count > 0 && clock.Elapsed < longest) await Task.Delay(20);
        return left;
    }

    private static Role RoleOf(string[] command)
    {
        bool Runs(string program) => command.Any(word => Path.GetFileName(word) == program);
        if (Runs("CoffeeShop.dll")) return Role.Shop;
        if (Runs("ConcurrencyLab.dll") && command[^1] == "worker") return Role.Worker;
        if (Runs("lab.dll")) return command[^1] == "execute" ? Role.Chapter : Role.Lab;
        return command.Contains("--serve") ? Role.Python : Role.None;
    }
}
