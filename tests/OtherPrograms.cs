using System.Globalization;

namespace ConcurrencyLab.Tests;

/// <summary>
/// What other programs took of the machine while something was measured. Whether one way is faster than another is a promise
/// about free cores: where there were none, a test can ask only that it was measured.
/// </summary>
/// <remarks>Known on Linux; elsewhere nobody is ever seen, and the promise always counts.</remarks>
internal sealed class OtherPrograms
{
    private readonly (double Everybody, double Ours, double Time) _before = Now();

    /// <summary>True when they took more than a tenth of all cores' time since this was made.</summary>
    public bool AreBusy => Share > 0.1;

    /// <summary>Their part of all cores' time since this was made, 0 to 1.</summary>
    public double Share
    {
        get
        {
            var now = Now();
            var time = now.Time - _before.Time;
            return time > 0 ? Math.Clamp((now.Everybody - now.Ours - (_before.Everybody - _before.Ours)) / time, 0, 1) : 0;
        }
    }

    /// <summary>Processor time in the system's ticks: of everybody, of this process and all that it started, and what there was for all cores.</summary>
    private static (double Everybody, double Ours, double Time) Now()
    {
        if (!OperatingSystem.IsLinux()) return default;
        // user nice system idle iowait irq softirq steal: what the host of a virtual machine took is not ours, either.
        var machine = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..9].Select(Number).ToArray();
        return (machine.Sum() - machine[3] - machine[4], Family(), machine.Sum());
    }

    private static double Family()
    {
        var processes = new Dictionary<int, (int Parent, double Ticks)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                // After the name, which may hold anything: state, parent, ...; the four times include those of children that ended.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                processes[id] = ((int)Number(fields[1]), fields[11..15].Sum(Number));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }

        return processes.Where(process => IsOurs(process.Key)).Sum(process => process.Value.Ticks);

        bool IsOurs(int id)
        {
            while (id != Environment.ProcessId && processes.TryGetValue(id, out var process) && process.Parent != id) id = process.Parent;
            return id == Environment.ProcessId;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
