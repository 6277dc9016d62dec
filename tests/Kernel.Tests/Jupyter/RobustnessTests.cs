using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a kernel survives, and what ends it.</summary>
public sealed class RobustnessTests
{
    [Fact]
    public void A_cell_that_exhausts_its_memory_fails_and_the_kernel_goes_on()
    {
        using var kernel = new KernelProcess(memoryLimit: 300_000_000);
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "var kept = 42;" });
        KernelProcess.Receive(kernel.Shell, "execute_reply");
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = "void Fill() { var all = new List<byte[]>(); while (true) all.Add(new byte[5_000_000]); }\nFill();",
        });
        Assert.Equal("OutOfMemoryException", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("ename"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "if (kept != 42) throw new Exception();" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
    }

    [Theory]
    [InlineData("for (var item = 0; item < 300; item++) ThreadPool.QueueUserWorkItem(_ => Thread.Sleep(Timeout.Infinite));", "ok")]
    [InlineData("Parallel.For(0, 100_000, new ParallelOptions { MaxDegreeOfParallelism = 300 }, item => Thread.Sleep(Timeout.Infinite));", "error")]
    public void A_pool_of_which_every_thread_blocks_stops_neither_answers_nor_interrupts(string code, string status)
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = $"using System.Threading;\nvar kept = 42;\n{code}" });
        Assert.Contains("threads of the pool block", kernel.StreamsUntil("the pool may now have")[^1], StringComparison.Ordinal);
        KernelProcess.Send(kernel.Control, "interrupt_request", []);
        KernelProcess.Receive(kernel.Control, "interrupt_reply");
        Assert.Equal(status, KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "if (kept != 42) throw new Exception();" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_interrupt_request_on_either_socket_stops_a_cell_and_a_shutdown_request_ends_the_process(bool onShell)
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        // It speaks first: sent before the loop began, an interrupt would find nothing to stop.
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "var kept = 42;\nConsole.WriteLine(\"brewing\");\nwhile (true);" });
        kernel.StreamsUntil("brewing");
        KernelProcess.Send(onShell ? kernel.Shell : kernel.Control, "interrupt_request", []);
        if (!onShell) KernelProcess.Receive(kernel.Control, "interrupt_reply");
        Assert.Equal("Interrupted", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("ename"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "if (kept != 42) throw new Exception();" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Control, "shutdown_reply").Text("status"));
        Assert.True(kernel.Process.WaitForExit(Until.Limit));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    [Fact]
    public void A_console_that_a_cell_redirects_and_does_not_put_back_is_the_next_cells_again()
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        foreach (var code in new[]
        {
            "using System.IO;\nvoid Mute() { Console.SetOut(new StringWriter()); Console.SetError(TextWriter.Null); Console.SetIn(TextReader.Null); }\nMute();\nConsole.WriteLine(\"lost\");",
            "Console.Write(\"once;\");\nMute();\nthrow new Exception();",
            "Console.Write(\"again;\");\nConsole.Error.Write(\"error\");",
        })
        {
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
            KernelProcess.Receive(kernel.Shell, "execute_reply");
        }

        Assert.Equal("once;again;error", string.Concat(kernel.StreamsUntil("error")));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "Console.ReadLine()", ["allow_stdin"] = false });
        Assert.Contains("cannot ask anybody", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("evalue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restore_that_goes_on_ends_with_the_kernel()
    {
        using var kernel = new KernelProcess(dotnet: "echo $$ > $XDG_DATA_HOME/new; mv $XDG_DATA_HOME/new $XDG_DATA_HOME/restore; exec sleep 1000");
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "#r \"nuget: Anything, 1.0.0\"" });
        var file = Path.Combine(kernel.Folder, "restore");
        await Until.True(() => File.Exists(file), "the restore has started");
        using var restore = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        Assert.True(kernel.Process.WaitForExit(Until.Limit), "the kernel goes on");
        Assert.True(restore.WaitForExit(Until.Limit), "the restore goes on");
    }

    [Fact]
    public void A_front_end_that_is_killed_takes_its_kernel_along()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The front end of this test is a shell.");
        using var kernel = new KernelProcess(underFrontEnd: true);
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = "1",
            ["user_expressions"] = new JsonObject { ["id"] = "Environment.ProcessId" },
        });
        var id = KernelProcess.Receive(kernel.Shell, "execute_reply").Content["user_expressions"]!["id"]!["data"]!["text/plain"]!;
        using var orphan = Process.GetProcessById(int.Parse((string)id!, CultureInfo.InvariantCulture));
        kernel.Process.Kill(entireProcessTree: false);
        Assert.True(orphan.WaitForExit(Until.Limit));
    }
}
