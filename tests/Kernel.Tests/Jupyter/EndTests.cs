using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What ends a kernel.</summary>
public sealed class EndTests
{
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

    [Theory]
    [InlineData("new Thread(() => Thread.Sleep(-1)).Start();")]
    [InlineData("new Thread(() => { for (; !Volatile.Read(ref stop);) Math.Sqrt(2); }).Start();")]
    [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => Thread.Sleep(-1);")]
    public void What_a_cell_leaves_running_does_not_outlive_a_shutdown(string code)
    {
        using var kernel = new KernelProcess();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = $"using System.Threading;\nvar stop = false;\n{code}" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = true });
        KernelProcess.Receive(kernel.Control, "shutdown_reply");
        Assert.True(kernel.Process.WaitForExit(Until.Limit), "the kernel goes on");
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

    [Theory]
    [InlineData("127.0.0.1", "is taken by another process: start the kernel again")]
    [InlineData("192.0.2.1", "this kernel cannot listen on 192.0.2.1:")]
    public async Task An_address_that_cannot_be_had_ends_the_kernel_with_a_line(string address, string line)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var file = Path.GetTempFileName();
        try
        {
            var port = ((IPEndPoint)taken.LocalEndpoint).Port;
            await File.WriteAllTextAsync(file, $$"""{"transport":"tcp","signature_scheme":"hmac-sha256","key":"","ip":"{{address}}","shell_port":0,"control_port":0,"stdin_port":0,"iopub_port":{{port}},"hb_port":0}""", TestContext.Current.CancellationToken);
            using var kernel = Process.Start(new ProcessStartInfo("dotnet", [Jupyter.Program, "kernel", file]) { RedirectStandardError = true })!;
            var said = await Until.Done(kernel.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken), "the end of a kernel without its port");
            Assert.True(kernel.WaitForExit(Until.Limit));
            Assert.Equal(2, kernel.ExitCode);
            Assert.Contains(line, Assert.Single(said.TrimEnd().Split('\n')), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_shutdown_disposes_of_what_cells_declared_with_using()
    {
        using var kernel = new KernelProcess();
        var file = Path.Combine(kernel.Folder, "written");
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = $"using System.IO;\nusing var writer = new StreamWriter(\"{file}\");\nwriter.Write(\"all of it\");" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        Assert.True(kernel.Process.WaitForExit(Until.Limit));
        Assert.Equal("all of it", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
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
