namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a kernel leaves aside until it is needed.</summary>
public sealed class StartTests : IDisposable
{
    private readonly KernelProcess _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public async Task Formatting_is_loaded_by_the_first_value_that_is_not_plain_and_the_editors_services_once_the_kernel_is_idle()
    {
        // Sent together, so that the kernel is not idle between them.
        foreach (var code in (string[])["1+1", $"if ({IsLoaded("Microsoft.DotNet.Interactive.Formatting")}) throw new Exception();", "new List<int> { 1 }",
            $"if (!{IsLoaded("Microsoft.DotNet.Interactive.Formatting")} || {IsLoaded("Microsoft.CodeAnalysis.Features")}) throw new Exception();"])
            KernelProcess.Send(_kernel.Shell, "execute_request", new() { ["code"] = code });
        for (var cell = 0; cell < 4; cell++) Assert.Equal("ok", (string?)KernelProcess.Receive(_kernel.Shell, "execute_reply").Content["status"]);

        Assert.SkipUnless(OperatingSystem.IsLinux(), "What an idle process has loaded is read from Linux's /proc.");
        await Until.True(() => File.ReadAllText($"/proc/{_kernel.Process.Id}/maps").Contains("Microsoft.CodeAnalysis.Features.dll", StringComparison.Ordinal), "the services are loaded");
    }

    private static string IsLoaded(string assembly) => $"AppDomain.CurrentDomain.GetAssemblies().Any(loaded => loaded.GetName().Name == \"{assembly}\")";
}
