using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;
using NetMQ;

namespace ConcurrencyLab.Tests.Jupyter;

public sealed class RobustnessTests
{
    [Fact]
    public void A_thousand_malformed_unsigned_and_truncated_messages_are_survived()
    {
        using var kernel = new KernelProcess();
        var random = new Random(20);
        for (var round = 0; round < 1_200; round++)
        {
            var frames = Frames(random);
            kernel.Shell.SendMultipartMessage(frames);
            kernel.Control.SendMultipartMessage(Frames(random));
        }

        KernelProcess.Send(kernel.Shell, "no_such_request", []);
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = 17, ["silent"] = "perhaps" });
        KernelProcess.Send(kernel.Shell, "complete_request", new JsonObject { ["code"] = "x", ["cursor_pos"] = -5 });
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "6 * 7" });
        KernelProcess.Receive(kernel.Shell, "execute_reply");
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
    }

    [Fact]
    public void A_failed_cell_aborts_the_cells_queued_behind_it()
    {
        using var kernel = new KernelProcess();
        foreach (var code in (string[])["System.Threading.Thread.Sleep(300); throw new Exception();", "var never = 1;", "2"])
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
        Assert.Equal(["error", "aborted", "aborted"], Enumerable.Range(0, 3).Select(_ => KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status")));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "never" });
        Assert.Equal("CompilationError", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("ename"));
    }

    [Fact]
    public void A_cell_sent_once_the_failure_is_known_runs()
    {
        using var kernel = new KernelProcess();
        for (var round = 0; round < 20; round++)
        {
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "unknown" });
            Assert.Equal("error", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "" });
            Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        }
    }

    [Fact]
    public void Exceptions_that_no_cell_catches_are_told_and_do_not_end_the_kernel()
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = "var t = new System.Threading.Thread(() => throw new Exception(\"raw\")); t.Start(); t.Join();",
        });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        Assert.Contains("raw", kernel.StreamsUntil("an exception ended a thread")[^1], StringComparison.Ordinal);

        foreach (var code in (string[])["{ var t = Task.Run(() => throw new Exception(\"lost\")); ((IAsyncResult)t).AsyncWaitHandle.WaitOne(); }", "GC.Collect(); GC.WaitForPendingFinalizers();"])
        {
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
            Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        }

        Assert.Contains("lost", kernel.StreamsUntil("a task failed and was not awaited")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_million_lines_arrive_as_a_few_messages_and_a_note_of_what_was_cut()
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = "for (var line = 0; line < 10_000_000; line++) Console.WriteLine(line);",
        });
        var streams = kernel.StreamsUntil("output cut");
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        Assert.InRange(streams.Count, 2, 1_000);
        Assert.StartsWith("0\n1\n2\n", string.Concat(streams), StringComparison.Ordinal);
        Assert.Equal(1_000_000, streams.SkipLast(1).Sum(text => text.Length));
    }

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

    [Fact]
    public void An_interrupt_request_stops_a_cell_and_a_shutdown_request_ends_the_process()
    {
        using var kernel = new KernelProcess();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "var kept = 42;" });
        KernelProcess.Receive(kernel.Shell, "execute_reply");
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "while (true);" });
        // Sent once before the cell starts it would find nothing to stop; so it is sent until the cell has answered.
        NetMQMessage? reply = null;
        do
        {
            KernelProcess.Send(kernel.Control, "interrupt_request", []);
            KernelProcess.Receive(kernel.Control, "interrupt_reply");
        }
        while (!kernel.Shell.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(500), ref reply));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "if (kept != 42) throw new Exception();" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Control, "shutdown_reply").Text("status"));
        Assert.True(kernel.Process.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.Equal(0, kernel.Process.ExitCode);
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
        Assert.True(orphan.WaitForExit(TimeSpan.FromSeconds(20)));
    }

    private static NetMQMessage Frames(Random random)
    {
        List<byte[]> frames = Message.New("execute_request", new JsonObject { ["code"] = "Environment.Exit(9);" }).Encode("not the key"u8.ToArray());
        switch (random.Next(5))
        {
            case 0: frames.RemoveRange(random.Next(frames.Count), 1); break;
            case 1: frames[random.Next(frames.Count)] = RandomNumberGenerator.GetBytes(random.Next(1, 200)); break;
            case 2: frames = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => RandomNumberGenerator.GetBytes(random.Next(0, 50)))]; break;
            case 3: frames.Reverse(); break;
        }

        var message = new NetMQMessage();
        foreach (var frame in frames) message.Append(frame);
        return message;
    }
}
