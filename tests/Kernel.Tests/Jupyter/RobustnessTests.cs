using System.Net.Sockets;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Execution;
using ConcurrencyLab.Kernel.Jupyter;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a kernel survives.</summary>
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

    [AllTierFact]
    public void A_cell_that_opens_all_files_there_are_is_told_so_and_so_are_the_next_until_some_are_closed()
    {
        using var kernel = new KernelProcess(fileLimit: 512);
        Message Run(string code)
        {
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
            return KernelProcess.Receive(kernel.Shell, "execute_reply");
        }

        Run("using System.IO;\nvar open = new List<FileStream>();");
        var used = Run("while (true) open.Add(File.OpenRead(\"/dev/null\"));");
        Assert.Equal("IOException", used.Text("ename"));
        Assert.Contains("All 512 files and connections that this process may have open are open", used.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains("All 512 files", Run("File.ReadAllText(\"/etc/hostname\")").Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("ok", Run("foreach (var file in open) file.Dispose();").Text("status"));
        Assert.Equal("ok", Run("File.ReadAllText(\"/etc/hostname\")").Text("status"));
    }

    /// <summary>Nothing of the way from a front end to a cell and back may depend on a thread of the pool.</summary>
    [Theory]
    [InlineData("ThreadPool.SetMaxThreads(Environment.ProcessorCount, 2); Task.WaitAll([.. Enumerable.Range(0, 60).Select(_ => Task.Run(() => BrewAsync().Result))]);", "error")]
    [InlineData("ThreadPool.SetMaxThreads(Environment.ProcessorCount, 2); for (var item = 0; item < 60; item++) ThreadPool.QueueUserWorkItem(_ => { for (; !Volatile.Read(ref stop);) Math.Sqrt(2); });", "ok")]
    [InlineData("Task.WaitAll([.. Enumerable.Range(0, 100_000).Select(_ => Task.Run(() => Thread.Sleep(2_000)))]);", "error")]
    public void A_pool_with_no_thread_for_anybody_else_delays_neither_answers_nor_interrupts(string code, string status)
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = $"using System.Threading;\nvar stop = false;\nasync Task<int> BrewAsync() {{ await Task.Delay(10); return 1; }}\nConsole.WriteLine(\"begun\");\n{code}",
        });
        kernel.StreamsUntil("begun");
        KernelProcess.Send(kernel.Control, "interrupt_request", []);
        KernelProcess.Receive(kernel.Control, "interrupt_reply");
        Assert.Equal(status, KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "1 + 1" });
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
        KernelProcess.Send(kernel.Control, "shutdown_request", new JsonObject { ["restart"] = false });
        KernelProcess.Receive(kernel.Control, "shutdown_reply");
        Assert.True(kernel.Process.WaitForExit(Until.Limit), "the kernel goes on");
    }

    /// <summary>As an item of a measurement does that no interrupt reaches, but that is not long.</summary>
    [Fact]
    public void Work_that_ends_a_moment_after_the_interrupt_is_not_said_to_go_on()
    {
        // One of its own: in a kernel that completes names, the compiler computes in the background.
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject
        {
            ["code"] = "var begun = System.Diagnostics.Stopwatch.StartNew();\nConsole.WriteLine(\"computes\");\nawait Task.Run(() => { for (; begun.ElapsedMilliseconds < 800;) Math.Sqrt(2); });",
        });
        kernel.StreamsUntil("computes");
        KernelProcess.Send(kernel.Control, "interrupt_request", []);
        var reply = KernelProcess.Receive(kernel.Shell, "execute_reply");
        Assert.Equal("Interrupted", reply.Text("ename"));
        Assert.DoesNotContain("still computing", reply.Text("evalue"), StringComparison.Ordinal);
    }

    /// <summary>With no file left to open, whatever thread wanted one threw, and with it the kernel ended.</summary>
    [Fact]
    public void Orders_beyond_what_may_be_open_are_refused_with_a_sentence_and_the_kernel_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such limit.");
        using var kernel = new KernelProcess(fileLimit: 1024);
        JsonObject Run(string code)
        {
            KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = code });
            return KernelProcess.Receive(kernel.Shell, "execute_reply").Content;
        }

        Assert.Equal("ok", (string?)Run($$"""
            #r "{{Path.Combine(Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.dll")}}"
            using ConcurrencyLab;
            using System.Threading;
            var shop = CoffeeShop.Open();
            async Task<Cup> FirstOf(int orders)
            {
                using var closing = new CancellationTokenSource();
                try { return await await Task.WhenAny(shop.Orders(orders).Select(order => shop.With(ms: 3_600_000).OrderAsync(order, closing.Token))); }
                finally { closing.Cancel(); }
            }
            """)["status"]);
        Assert.StartsWith("Too many orders at once", (string?)Run("await FirstOf(2_000)")["evalue"], StringComparison.Ordinal);
        Assert.Equal("ok", (string?)Run("await Compare.Runs(\"many\", Run.As(\"async\", () => FirstOf(2_000)))")["status"]);
        Assert.Equal("ok", (string?)Run("shop.Order(1)")["status"]);
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
    }

    [Fact]
    public void The_threads_of_the_kernel_are_told_from_those_of_cells()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux names threads in a file.");
        using var kernel = new KernelProcess();
        kernel.Listen();
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "1" });
        KernelProcess.Receive(kernel.Shell, "execute_reply");
        var names = Directory.GetDirectories($"/proc/{kernel.Process.Id}/task").Select(NameOf).OfType<string>().ToList();
        Assert.Contains(names, KernelThread.Is);
        // The main thread has the program's name and only waits; "notebook" runs the cells.
        Assert.All(names, name => Assert.True(KernelThread.Is(name) || name is "dotnet" or "notebook" || name.StartsWith(".NET ", StringComparison.Ordinal), name));
    }

    /// <summary>Null when the thread has ended meanwhile.</summary>
    private static string? NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return null;
        }
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
    public void What_is_no_front_end_costs_its_own_connection_at_most()
    {
        using var kernel = new KernelProcess();
        kernel.Listen();
        var random = new Random(20);
        var greeting = (byte[])[0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        var ready = (byte[])[4, 41, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8, 8, .. "Identity"u8, 0, 0, 0, 0];
        byte[][] openings = ["GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [], greeting, [.. greeting, 4, 0], [.. greeting, .. ready], [.. greeting, .. ready, 2, 0x7F, 255, 255, 255, 255, 255, 255, 255]];
        for (var round = 0; round < 120; round++)
        {
            using var stranger = new TcpClient();
            stranger.Connect(kernel.Ports[round % kernel.Ports.Count]);
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            try
            {
                stranger.GetStream().Write([.. openings[round % openings.Length], .. noise]);
            }
            catch (IOException)
            {
                // It was shown the door already.
            }
        }

        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "Console.WriteLine(\"still here\");" });
        kernel.StreamsUntil("still here");
        Assert.Equal("ok", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("status"));
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
    public void A_cells_language_comes_with_its_request()
    {
        using var kernel = new KernelProcess();
        var fsharp = new JsonObject { ["polyglot_notebook"] = new JsonObject { ["kernelName"] = "fsharp" } };
        KernelProcess.Send(kernel.Shell, "execute_request", new JsonObject { ["code"] = "let x = 1" }, fsharp);
        Assert.Contains("this cell is fsharp", KernelProcess.Receive(kernel.Shell, "execute_reply").Text("evalue"), StringComparison.Ordinal);
    }
}
