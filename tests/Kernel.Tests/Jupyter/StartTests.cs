namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a kernel leaves aside until somebody needs it.</summary>
public sealed class StartTests : IDisposable
{
    private const string IsLoaded = "AppDomain.CurrentDomain.GetAssemblies().Any(loaded => loaded.GetName().Name == \"Microsoft.DotNet.Interactive.Formatting\")";
    private readonly KernelProcess _kernel = new();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void The_formatting_library_is_loaded_by_the_first_value_that_is_not_plain()
    {
        Assert.Equal("ok", Execute("1+1"));
        Assert.Equal("ok", Execute($"if ({IsLoaded}) throw new Exception();"));
        Assert.Equal("ok", Execute("new List<int> { 1 }"));
        Assert.Equal("ok", Execute($"if (!{IsLoaded}) throw new Exception();"));
    }

    private string? Execute(string code)
    {
        KernelProcess.Send(_kernel.Shell, "execute_request", new() { ["code"] = code });
        return (string?)KernelProcess.Receive(_kernel.Shell, "execute_reply").Content["status"];
    }
}
