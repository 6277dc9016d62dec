using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab.Benchmarks.Report;

/// <summary>Writes what was measured: report.md for people, report.json for programs, each whole or not at all.</summary>
internal sealed class ReportFiles(string folder)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal string Folder { get; } = Directory.CreateDirectory(folder).FullName;

    internal void Write(DateTime begun, IReadOnlyList<string> peers, IReadOnlyList<Part> parts)
    {
        WriteWhole("report.md", Markdown(begun, peers, parts));
        WriteWhole("report.json", JsonSerializer.Serialize(new { begun, machine = Machine.Here, peers, parts }, Format) + "\n");
    }

    /// <summary>One part as Markdown: what the terminal shows, too.</summary>
    internal static string Markdown(Part part)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {part.Name}: {part.Question}").AppendLine();
        if (part.Findings.Count > 0)
        {
            text.AppendLine("| | ratio | aim | | unit | ours | peer | |").AppendLine("|---|---|---|---|---|---|---|---|");
            foreach (var figure in part.Findings)
            {
                var verdict = figure.Met switch { true => "met", false => "**MISSED**", null => "" };
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {figure.What} | {Shown(figure.Ratio)} | {figure.Aim?.Text} | {verdict} | {figure.Unit} | {Quantities.Of(figure.Ours)} | {Shown(figure.Peer)} | {figure.PeerName} |");
            }

            text.AppendLine();
        }

        foreach (var note in part.Failure is null ? part.Notes : [.. part.Notes, $"**Failed**: {part.Failure}"])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {note}");
        }

        foreach (var picture in part.Pictures)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![{part.Name}]({picture})");
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"\n*Measured in {part.Took.TotalSeconds:0} s.*").ToString();
    }

    private static string Markdown(DateTime begun, IReadOnlyList<string> peers, IReadOnlyList<Part> parts)
    {
        var here = Machine.Here;
        var figures = parts.SelectMany(part => part.Findings).ToList();
        var text = new StringBuilder("# Benchmarks\n\n");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{here.Cores} cores ({here.Processor}), {here.MemoryGiB} GiB, {here.System}, {here.Runtime}; begun {begun:yyyy-MM-dd HH:mm} UTC.")
            .AppendLine().AppendLine("Medians, in brackets the interval that holds the true median with a chance of 95 % (or as much as so few repeats give). "
                + "Ours and a peer's were measured in turn, in the same run; a ratio is taken round by round.")
            .AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Aims met: {figures.Count(figure => figure.Met == true)} of {figures.Count(figure => figure.Met is not null)}.")
            .AppendLine();
        foreach (var peer in peers)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- {peer}");
        }

        foreach (var part in parts)
        {
            text.AppendLine().Append(Markdown(part));
        }

        return text.ToString();
    }

    private static string Shown(MedianInterval? estimate) => estimate is { } value ? Quantities.Of(value) : "";

    private void WriteWhole(string name, string text)
    {
        var beside = Path.Combine(Folder, $".{name}.{Environment.ProcessId}");
        File.WriteAllText(beside, text);
        File.Move(beside, Path.Combine(Folder, name), overwrite: true);
    }
}
