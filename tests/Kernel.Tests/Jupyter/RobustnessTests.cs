using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Jupyter;

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

    [Theory]
    [InlineData("class Broken : Exception { public override string Message => throw new Exception(); }\nthrow new Broken();", "Broken")]
    [InlineData("class Endless : Exception { public override string Message { get { Console.WriteLine(\"talking\"); while (true); } } }\nthrow new Endless();", "Endless")]
    [InlineData("class Sleepy : Exception { public override string Message { get { Console.WriteLine(\"talking\"); System.Threading.Thread.Sleep(-1); return null; } } }\nthrow new Sleepy();", "Sleepy")]
    [InlineData("((Func<System.Threading.CancellationToken>)AppContext.GetData(\"Notebook.CellInterrupt\"))().Register(() => throw new Exception());\nConsole.WriteLine(\"talking\");\nwhile (true);", "Interrupted")]
    public void Whatever_a_cell_throws_at_it_the_kernel_answers_this_request_and_the_next(string code, string name)
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
        if (code.Contains("talking", StringComparison.Ordinal))
        {
            kernel.StreamsUntil("talking");
            KernelProcess.Send(kernel.Control, "interrupt_request", []);
            Assert.Equal("ok", KernelProcess.Receive(kernel.Control, "interrupt_reply").Text("status"));
        }

        Assert.Equal(name, KernelProcess.Receive(kernel.Shell, "execute_reply").Text("ename"));
        KernelProcess.Send(kernel.Control, "interrupt_request", []);
        Assert.Equal("ok", KernelProcess.Receive(kernel.Control, "interrupt_reply").Text("status"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "1 + 1" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
    }

    [Fact]
    public void What_tasks_say_of_an_interrupt_is_no_failure_of_theirs()
    {
        Assert.True(CellInterruptedException.IsAllOf(new AggregateException(new ThreadInterruptedException())));
        Assert.True(CellInterruptedException.IsAllOf(new AggregateException(new AggregateException(new ThreadInterruptedException()), new CellInterruptedException())));
        Assert.False(CellInterruptedException.IsAllOf(new AggregateException(new ThreadInterruptedException(), new TimeoutException())));
        // A thread that a cell started and interrupted itself is the cell's affair.
        Assert.False(CellInterruptedException.IsAllOf(new ThreadInterruptedException()));
    }

    [Fact]
    public void The_threads_of_the_kernel_are_told_from_those_of_cells()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux names threads in a file.");
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "1" });
        KernelProcess.Receive(kernel.Shell, "execute_reply");
        var names = Directory.EnumerateDirectories($"/proc/{kernel.Process.Id}/task").Select(task => File.ReadAllText(Path.Combine(task, "comm")).Trim()).ToList();
        Assert.Contains(names, KernelThread.Is);
        // The main thread has the program's name and only waits; "notebook" runs the cells.
        Assert.All(names, name => Assert.True(KernelThread.Is(name) || name is "dotnet" or "notebook" || name.StartsWith(".NET ", StringComparison.Ordinal), name));
    }

    [Theory]
    [InlineData("execute_request", "busy,error,idle")]
    [InlineData("complete_request", "busy,idle")]
    public void A_fault_of_the_kernel_is_an_error_reply(string type, string published)
    {
        List<Message> said = [], replies = [];
        List<string> log = [];
        JupyterKernel.Answer(Message.New(type, []), said.Add, replies.Add, log.Add, () => throw new NotSupportedException("a mistake of ours"));
        var reply = Assert.Single(replies);
        Assert.Equal((type.Replace("request", "reply", StringComparison.Ordinal), "error", "KernelError"), (reply.Type, reply.Text("status"), reply.Text("ename")));
        Assert.Contains("NotSupportedException: a mistake of ours", reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal(published, string.Join(',', said.Select(message => message.Text("execution_state") ?? message.Type)));
        Assert.Single(log);
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
