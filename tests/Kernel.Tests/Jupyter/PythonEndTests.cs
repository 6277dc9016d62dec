using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>Python cells in a kernel that a front end has started.</summary>
public sealed class PythonEndTests
{
    /// <summary>An interpreter that hears nothing, a child in a session of its own, and a child of a child that has ended.</summary>
    private const string Busy = """
        #!python
        import os, subprocess
        mine = [os.getpid(), os.getppid()]
        mine.append(subprocess.Popen(["sleep", "1000"], start_new_session=True).pid)
        mine.append(int(subprocess.run(["sh", "-c", "sleep 1000 >/dev/null & echo $!"], stdout=subprocess.PIPE).stdout))
        print("pids", *mine, "end", flush=True)
        sum(range(10**13))
        """;

    [AllTierTheory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("shutdown")]
    public async Task Neither_the_interpreter_nor_its_children_outlive_the_kernel(string how)
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = Busy });
        var printed = string.Concat(kernel.StreamsUntil("end"));
        var processes = printed.Split("pids ")[1].Split(" end")[0].Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(4, processes.Count);
        Assert.All(processes, id => Assert.True(Directory.Exists($"/proc/{id}")));

        if (how == "shutdown") KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        else using (var kill = Process.Start("kill", [$"-{how}", $"{kernel.Process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(kernel.Process.WaitForExit(Until.Limit), "the kernel goes on");
        await Until.True(() => processes.TrueForAll(id => !Directory.Exists($"/proc/{id}")), "the end of Python and its children");
    }

    [AllTierFact]
    public void An_interrupt_request_stops_Python_and_its_variables_stay()
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "#!python\nkept = 42\nprint('brewing', flush=True)\nwhile True: pass" });
        kernel.StreamsUntil("brewing");
        KernelProcess.Send(kernel.Control, "interrupt_request", []);
        Assert.Equal("KeyboardInterrupt", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("ename"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "assert kept == 42" }, new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "python" } });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
    }
}
