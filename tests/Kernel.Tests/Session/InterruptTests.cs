namespace ConcurrencyLab.Tests.Session;

public sealed class InterruptTests : IAsyncLifetime
{
    private readonly TestNotebook _notebook = new();

    public async ValueTask InitializeAsync() => await _notebook.Succeed(
        "using System.Threading; using System.Threading.Tasks; var kept = 42; var stop = false; var started = new ManualResetEventSlim(); AppDomain.CurrentDomain.SetData(\"started\", started); 1");

    public async ValueTask DisposeAsync()
    {
        // Lets the loops end that no interrupt can reach.
        await _notebook.Succeed("Volatile.Write(ref stop, true);");
        await _notebook.DisposeAsync();
    }

    [Theory]
    [InlineData("while (true);")]
    [InlineData("for (var i = 0L; ; i++) kept.ToString();")]
    [InlineData("Thread.Sleep(Timeout.Infinite);")]
    [InlineData("while (true) { try { Thread.Sleep(Timeout.Infinite); } catch (Exception) { } }")]
    [InlineData("new TaskCompletionSource().Task.Wait();")]
    [InlineData("await new TaskCompletionSource().Task;")]
    [InlineData("new ManualResetEventSlim().Wait();")]
    [InlineData("var t = new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true }; t.Start(); t.Join();")]
    [InlineData("while (true) Console.WriteLine(\"flood\");")]
    [InlineData("Thread.CurrentThread.Join();")]
    [InlineData("for (;;) kept.ToString();")]
    [InlineData("do GC.Collect(0); while (true);")]
    [InlineData("while (true) { try { while (true) kept.ToString(); } catch (Exception) { } }")]
    [InlineData("try { } finally { while (!Volatile.Read(ref stop)); }")]
    [InlineData("Parallel.For(0, 4, i => { while (true); });")]
    [InlineData("Enumerable.Range(0, 1_000_000).AsParallel().All(i => { for (;;); });")]
    [InlineData("try { } finally { while (!Volatile.Read(ref stop)) Math.Sqrt(kept); }")]
    [InlineData("var x = 1; while (x > 0) { x = Math.Max(1, x + 1); }")]
    [InlineData("await Task.Delay(1); while (!Volatile.Read(ref stop)) { }")]
    [InlineData("again: kept.ToString(); goto again;")]
    [InlineData("void Walk(int state) { switch (state) { case 0: goto case 1; case 1: goto default; default: goto case 0; } } Walk(0);")]
    [InlineData("foreach (var i in Enumerable.Repeat(0, int.MaxValue)) foreach (var j in Enumerable.Repeat(0, int.MaxValue)) kept.ToString();")]
    [InlineData("foreach (var (i, j) in Enumerable.InfiniteSequence(0L, 1L).Select(i => (i, i))) kept.ToString();")]
    [InlineData("IEnumerable<int> All() { while (true) yield return 1; } foreach (var i in All()) { try { kept.ToString(); } catch (Exception) { } }")]
    [InlineData("for (uint i = 10; i >= 0; i--) kept.ToString();")]
    [InlineData("for (ulong i = 9; i > 0; i -= 2) kept.ToString();")]
    [InlineData("for (byte i = 0; i < 256; i++) kept.ToString();")]
    [InlineData("for (var i = 0; i <= int.MaxValue; i++) kept.ToString();")]
    [InlineData("for (var i = 0; i < long.MaxValue; i++) kept.ToString();")]
    [InlineData("for (var i = 0; i < 10; ) kept.ToString();")]
    [InlineData("for (var i = 0; i < 10; i++) { i--; kept.ToString(); }")]
    [InlineData("for (var x = 0.0; x != 1; x += 0.1) kept.ToString();")]
    [InlineData("for (var i = 0L; !Volatile.Read(ref stop); i++) { try { Math.Sqrt(i); } catch (Exception) { } }")]
    public async Task An_interrupt_brings_control_back_with_all_variables(string endless)
    {
        var error = await Interrupt(endless);
        Assert.Equal("Interrupted", error.Name);
        Assert.DoesNotContain("could not be stopped", error.Message, StringComparison.Ordinal);
        Assert.Equal("42", (await _notebook.Succeed("kept")).PlainValue);
    }

    [Theory]
    // Inside of what no interrupt reaches they say that they have begun: before it, their loop would still end.
    [InlineData("try { } finally { Enumerable.InfiniteSequence(0L, 1L).All(_ => { started.Set(); return !Volatile.Read(ref stop); }); }")]
    [InlineData("while (!Volatile.Read(ref stop)) { try { Enumerable.InfiniteSequence(0L, 1L).All(_ => { started.Set(); return !Volatile.Read(ref stop); }); } catch (Exception) { } }")]
    public async Task A_cell_that_refuses_to_end_is_left_behind_and_said_to_be(string endless)
    {
        var error = await Interrupt(endless);
        Assert.Contains("could not be stopped and goes on in the background", error.Message, StringComparison.Ordinal);
        Assert.Equal("42", (await _notebook.Succeed("kept")).PlainValue);
    }

    [Fact]
    public async Task A_check_in_a_loop_moves_neither_lines_nor_the_columns_of_errors()
    {
        var unknown = await _notebook.Fail("var i = 0;\nwhile (true) { i += unknown; }");
        Assert.Equal((2, 21), (unknown.Line, unknown.Column));
        var thrown = await _notebook.Fail("while (true)\n{\n    throw new Exception();\n}");
        Assert.Equal(3, thrown.Line);
        Assert.Equal("7", (await _notebook.Succeed("int Seventh() { for (var i = 0; ; i++) if (i == 7) return i; } Seventh()")).PlainValue);
    }

    [Fact]
    public async Task A_deadlocked_lock_is_interrupted()
    {
        var error = await Interrupt("""
            var left = new object(); var right = new object(); var both = new Barrier(2);
            var other = new Thread(() => { lock (left) { both.SignalAndWait(); lock (right) { } } }) { IsBackground = true };
            other.Start();
            lock (right) { both.SignalAndWait(); lock (left) { } }
            """);
        Assert.Equal("Interrupted", error.Name);
        // The interrupt let go of one lock, so the other thread got on.
        Assert.Equal("True", (await _notebook.Succeed("other.Join(10_000)")).PlainValue);
    }

    [Theory]
    [InlineData("Parallel.For(0, 4, i => { started.Set(); Enumerable.InfiniteSequence(0L, 1L).All(_ => !Volatile.Read(ref stop)); });")]
    [InlineData("Enumerable.Range(0, 1_000_000).AsParallel().WithDegreeOfParallelism(3).All(i => { started.Set(); Enumerable.InfiniteSequence(0L, 1L).All(_ => !Volatile.Read(ref stop)); return true; });")]
    [InlineData("await Task.Delay(1); started.Set(); Enumerable.InfiniteSequence(0L, 1L).All(_ => !Volatile.Read(ref stop));")]
    public async Task What_still_runs_on_other_threads_is_said(string endless)
    {
        var error = await Interrupt(endless);
        Assert.Equal("Interrupted", error.Name);
        Assert.Contains("still computing in the background", error.Message, StringComparison.Ordinal);
        Assert.Equal("42", (await _notebook.Succeed("kept")).PlainValue);
    }

    /// <summary>The two kinds of threads that a library may wait on for a cell; it hears of the interrupt by a name in <see cref="AppContext"/>.</summary>
    [Theory]
    [InlineData("Task.Run(")]
    [InlineData("OwnThread(")]
    public async Task Code_that_listens_may_end_by_itself_before_the_cell_is_left_behind(string thread)
    {
        await _notebook.Succeed("""
            Task OwnThread(Action body) => Task.Factory.StartNew(body, default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            CancellationToken stopButton() => ((Func<CancellationToken>)AppContext.GetData("Notebook.CellInterrupt"))();
            var tidied = "nothing";
            """);
        var error = await Interrupt($$"""
            var token = stopButton();
            await {{thread}}() => { started.Set(); token.WaitHandle.WaitOne(); Thread.Sleep(100); tidied = "all"; token.ThrowIfCancellationRequested(); });
            """);

        AssertNothingIsLeftBehind(error);
        Assert.Equal("all", (await _notebook.Succeed("tidied")).PlainValue);
        Assert.Equal("False", (await _notebook.Succeed("stopButton().IsCancellationRequested")).PlainValue);
    }

    [Theory]
    [InlineData("Run.As(\"main thread\", () => Measured(() => Thread.Sleep(Timeout.Infinite)))")]
    [InlineData("Run.As(\"main thread\", () => Measured(() => { while (true); }))")]
    [InlineData("Run.ThreadPerItem([1], item => { Measured(() => { while (true); }); return item; })")]
    [InlineData("Run.PooledTasks([1], item => { Measured(() => { while (true); }); return item; })")]
    public async Task A_measurement_is_interrupted_with_the_threads_that_it_measures(string run)
    {
        await _notebook.Succeed($"#r \"{Path.Combine(Jupyter.Jupyter.Root, "artifacts", "lab", "ConcurrencyLab.dll")}\"\nusing ConcurrencyLab;");
        await _notebook.Succeed("var running = 0; void Measured(Action body) { running++; started.Set(); try { body(); } finally { running--; } }");
        var error = await Interrupt($"await Compare.Runs(\"endless\", {run}); // started");

        AssertNothingIsLeftBehind(error);
        Assert.Equal("0", (await _notebook.Succeed("running")).PlainValue);
    }

    /// <summary>What waits while its cell is interrupted, and what the pool has no thread for before.</summary>
    [Theory]
    [InlineData("async Task Tick() { while (true) await Task.Delay(1_000); } all.Add(Tick()); started.Set(); await all[0];")]
    [InlineData("async Task Later() { await released.Task; while (true) kept.ToString(); } all.Add(Later()); started.Set(); await all[0];")]
    [InlineData("for (var i = 0; i < 6; i++) all.Add(Task.Run(() => { while (true) kept.ToString(); })); started.Set(); Task.WaitAll(all);")]
    public async Task What_an_interrupted_cell_has_left_ends_at_its_next_loop(string endless)
    {
        await _notebook.Succeed("var all = new List<Task>(); var released = new TaskCompletionSource();");
        await Interrupt(endless);
        await _notebook.Succeed($"released.SetResult(); await Task.WhenAny(Task.WhenAll(all), Task.Delay({Until.Limit.TotalMilliseconds}));");
        Assert.Equal("True", (await _notebook.Succeed("all.All(task => task.IsCompleted)")).PlainValue);
    }

    [Theory]
    [InlineData("KernelInvocationContext.Current.CancellationToken")]
    [InlineData("Microsoft.DotNet.Interactive.KernelInvocationContext.Current!.CancellationToken")]
    public async Task A_cells_own_code_hears_of_the_stop_button_by_the_name_it_has_in_dotnet_interactive(string token)
    {
        await _notebook.Succeed("using Microsoft.DotNet.Interactive; var tidied = false;");
        var error = await Interrupt($"var token = {token}; try {{ started.Set(); await Task.Delay(Timeout.Infinite, token); }} finally {{ tidied = true; }}");
        AssertNothingIsLeftBehind(error);
        Assert.Equal("True", (await _notebook.Succeed("tidied")).PlainValue);
        Assert.Equal("False", (await _notebook.Succeed($"{token}.IsCancellationRequested")).PlainValue);
    }

    [Fact]
    public async Task An_interrupt_never_leaks_into_the_next_cell()
    {
        for (var round = 0; round < 6; round++)
        {
            // Of the second kind one abort in ten ended the process, when cells were still aborted.
            await Interrupt(round % 2 == 0 ? "while (true);" : "for (var i = 0L; ; i++) kept.ToString();");
            Assert.Equal("woke", (await _notebook.Succeed("Thread.Sleep(5); new ManualResetEvent(false).WaitOne(5); \"woke\"")).PlainValue);
        }
    }

    [Fact]
    public async Task Garbage_can_still_be_collected_after_every_kind_of_interrupt()
    {
        await Interrupt("await new TaskCompletionSource().Task;");
        await Interrupt("Parallel.For(0, 4, i => { Enumerable.InfiniteSequence(0L, 1L).All(_ => !Volatile.Read(ref stop)); });");
        await Interrupt("while (true) { try { Thread.Sleep(Timeout.Infinite); } catch (Exception) { } }");
        await Interrupt("await Task.Delay(1); Enumerable.InfiniteSequence(0L, 1L).All(_ => !Volatile.Read(ref stop));");
        await _notebook.Succeed("GC.Collect();");
    }

    [Fact]
    public async Task A_wait_for_input_is_interrupted()
    {
        await using var notebook = new TestNotebook(options => options with
        {
            ReadInput = async (_, cancel) =>
            {
                ((ManualResetEventSlim)AppDomain.CurrentDomain.GetData("started")!).Set();
                await Task.Delay(Timeout.Infinite, cancel);
                return "";
            },
        });
        var error = await Interrupt("Console.ReadLine()", notebook);
        Assert.Equal("Interrupted", error.Name);
    }

    /// <summary>Which threads still compute is not asked here: those of other tests compile cells in this very process.</summary>
    private static void AssertNothingIsLeftBehind(ConcurrencyLab.Kernel.Output.ErrorOutput error)
    {
        Assert.StartsWith("The cell was interrupted; variables keep their values.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("left behind", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be stopped", error.Message, StringComparison.Ordinal);
    }

    private async Task<ConcurrencyLab.Kernel.Output.ErrorOutput> Interrupt(string source, TestNotebook? notebook = null)
    {
        var started = (ManualResetEventSlim)AppDomain.CurrentDomain.GetData("started")!;
        started.Reset();
        using var interrupt = new CancellationTokenSource();
        var running = (notebook ?? _notebook).Run((notebook is null && !source.Contains("started", StringComparison.Ordinal) ? "started.Set(); " : "") + source, interrupt: interrupt.Token);
        await Until.Done(Task.WhenAny(running, Task.Factory.StartNew(() => started.Wait(Until.Limit), TaskCreationOptions.LongRunning)), $"the start of {source}");
        await interrupt.CancelAsync();
        var cell = await Until.Done(running, $"the interruption of {source}");
        Assert.NotNull(cell.Result.Error);
        return cell.Result.Error;
    }
}
