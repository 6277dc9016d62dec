using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Installation;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Cells have the reader's culture; what the lab writes has none.</summary>
public sealed class CultureTests
{
    private const string InvariantVariable = "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";

    [Theory]
    [InlineData("$\"{1.5}\"", "1,5")]
    [InlineData("$\"{1.5:C}\".EndsWith('€')", "True")]
    [InlineData("new System.Globalization.CultureInfo(\"sv-SE\").NumberFormat.CurrencySymbol", "kr")]
    [InlineData("$\"{new DateTime(2026, 3, 1):MMMM}\"", "März")]
    [InlineData("ConcurrencyLab.Charting.Quantity.Time(1234.5)", "1.23 s")]
    [InlineData("1.5", "1.5")]
    [InlineData("Task.FromResult(1.5)", "Task: RanToCompletion, result 1.5. Put await before it to get the result.")]
    public void A_cell_has_the_readers_culture_and_the_lab_none(string expression, string text)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(InvariantVariable) is "1" or "true", "There is no ICU on this machine.");
        using var kernel = new KernelProcess(variables: [("LC_ALL", "de_DE.UTF-8")]);
        Assert.Equal(text, ValueOf(kernel, expression));
    }

    [Fact]
    public void A_machine_without_ICU_has_one_culture_and_its_kernel_starts()
    {
        using var kernel = new KernelProcess(variables: [("LC_ALL", "de_DE.UTF-8"), (InvariantVariable, "1"), ("CLR_ICU_VERSION_OVERRIDE", "1.2")]);
        Assert.Equal("1.5", ValueOf(kernel, "$\"{1.5}\""));
    }

    [Fact]
    public void A_kernel_that_is_installed_where_there_is_no_ICU_knows_it_whoever_starts_it()
    {
        var folder = Directory.CreateTempSubdirectory("kernelspec").FullName;
        var before = Environment.GetEnvironmentVariable(InvariantVariable);
        try
        {
            Environment.SetEnvironmentVariable(InvariantVariable, "1");
            Kernelspec.Write(folder, ["dotnet"]);
        }
        finally
        {
            Environment.SetEnvironmentVariable(InvariantVariable, before);
        }

        Assert.Equal("1", (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))!["env"]![InvariantVariable]);
        Directory.Delete(folder, recursive: true);
    }

    private static string? ValueOf(KernelProcess kernel, string expression)
    {
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = $"#r \"{Path.Combine(Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.Charting.dll")}\"",
            ["user_expressions"] = new JsonObject { ["value"] = expression },
        });
        return (string?)KernelProcess.Receive(kernel.Shell, "execute_reply").Content["user_expressions"]!["value"]!["data"]!["text/plain"];
    }
}
