using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using ConcurrencyLab.Lab.Doctor;
using ConcurrencyLab.Lab.Files;

namespace ConcurrencyLab.Lab.Commands;

/// <summary><c>lab doctor</c>: what is installed, what is missing and what to do.</summary>
internal static class DoctorCommand
{
    // Read by people too: signs such as ' and > stay themselves.
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Say it as JSON, for programs." };
        var command = new Command("doctor", "Tells what is installed, what is missing and what to do; ends with 1 when something is missing that chapters need.") { json };
        command.SetAction(async (parsed, _) =>
        {
            var findings = await Checks.RunAllAsync(new CheckContext(Paths.Root, Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(findings, Format));
            else Print(findings);
            return findings.Any(finding => finding.Verdict == Verdict.Needed) ? ExitCodes.Failed : ExitCodes.Fine;
        });
        return command;
    }

    private static void Print(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Subject.Length);
        foreach (var finding in findings)
        {
            var word = finding.Verdict switch { Verdict.Fine => "ok", Verdict.Optional => "optional", _ => "NEEDED" };
            Console.WriteLine($"{word,-8}  {finding.Subject.PadRight(width)}  {finding.Seen}{(finding.Remedy is { } remedy ? $" -> {remedy}" : "")}");
        }
        var needed = findings.Count(finding => finding.Verdict == Verdict.Needed);
        var optional = findings.Count(finding => finding.Verdict == Verdict.Optional);
        Console.WriteLine($"{(needed == 0 ? "All that chapters need is there" : $"Needed and missing: {needed}")}; optional and missing: {optional}.");
    }
}
