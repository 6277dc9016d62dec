using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;
using NetMQ;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>What a kernel does with messages that it does not expect, and says when nothing was asked.</summary>
public sealed class MessageTests(SharedKernel kernel) : IClassFixture<SharedKernel>
{
    [Fact]
    public void A_thousand_malformed_unsigned_and_truncated_messages_are_survived()
    {
        var random = new Random(20);
        for (var round = 0; round < 1_200; round++)
        {
            kernel.Process.Shell.SendMultipartMessage(Frames(random));
            kernel.Process.Control.SendMultipartMessage(Frames(random));
        }

        KernelProcess.Send(kernel.Process.Shell, "no_such_request", []);
        KernelProcess.Send(kernel.Process.Shell, "execute_request", new JsonObject { ["code"] = 17, ["silent"] = "perhaps" });
        KernelProcess.Send(kernel.Process.Shell, "complete_request", new JsonObject { ["code"] = "x", ["cursor_pos"] = -5 });
        kernel.Receive();
        Assert.Equal("ok", (string?)kernel.Execute("6 * 7")["status"]);
    }

    [Fact]
    public void A_failed_cell_aborts_the_cells_queued_behind_it()
    {
        foreach (var code in (string[])["System.Threading.Thread.Sleep(300); throw new Exception();", "var never = 1;", "2"]) kernel.Send(code);
        Assert.Equal(["error", "aborted", "aborted"], Enumerable.Range(0, 3).Select(_ => (string?)kernel.Receive()["status"]));
        Assert.Equal("CompilationError", (string?)kernel.Execute("never")["ename"]);
    }

    [Fact]
    public void A_cell_sent_once_the_failure_is_known_runs()
    {
        for (var round = 0; round < 20; round++)
        {
            Assert.Equal("error", (string?)kernel.Execute("unknown")["status"]);
            Assert.Equal("ok", (string?)kernel.Execute("")["status"]);
        }
    }

    [Fact]
    public void Exceptions_that_no_cell_catches_are_told_and_do_not_end_the_kernel()
    {
        Assert.Equal("ok", (string?)kernel.Execute("{ var t = new System.Threading.Thread(() => throw new Exception(\"raw\")); t.Start(); t.Join(); }")["status"]);
        Assert.Contains("raw", kernel.Process.StreamsUntil("an exception ended a thread")[^1], StringComparison.Ordinal);

        Assert.Equal("ok", (string?)kernel.Execute("{ var t = Task.Run(() => throw new Exception(\"lost\")); ((IAsyncResult)t).AsyncWaitHandle.WaitOne(); }")["status"]);
        Assert.Equal("ok", (string?)kernel.Execute("GC.Collect(); GC.WaitForPendingFinalizers();")["status"]);
        Assert.Contains("lost", kernel.Process.StreamsUntil("a task failed and was not awaited")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_many_threads_throw_alike_is_told_once()
    {
        kernel.Execute("{ System.Threading.Thread[] all = [.. Enumerable.Range(0, 16).Select(_ => new System.Threading.Thread(() => throw new Exception(\"sold out\")))]; foreach (var one in all) one.Start(); foreach (var one in all) one.Join(); }");
        kernel.Execute("Console.WriteLine(\"next\");");
        Assert.Single(kernel.Process.StreamsUntil("next"), text => text.Contains("an exception ended a thread", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(-1);")]
    [InlineData("Parallel.For(0, 8, i => System.Threading.Thread.Sleep(5_000));")]
    [InlineData("new Task(() => System.Threading.Thread.Sleep(-1)).RunSynchronously();")]
    public void What_an_interrupt_woke_is_not_told_below_a_later_cell(string waits)
    {
        kernel.Send($"Console.WriteLine(\"waits\");\n{waits}");
        kernel.Process.StreamsUntil("waits");
        KernelProcess.Send(kernel.Process.Control, "interrupt_request", []);
        kernel.Receive();
        kernel.Execute("GC.Collect(); GC.WaitForPendingFinalizers(); GC.Collect(); GC.WaitForPendingFinalizers();");
        kernel.Execute("Console.WriteLine(\"told\");");
        Assert.DoesNotContain("ThreadInterruptedException", string.Concat(kernel.Process.StreamsUntil("told")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_lines_arrive_as_a_few_messages_and_a_note_of_what_was_cut()
    {
        kernel.Send("for (var line = 0; line < 1_000_000; line++) Console.WriteLine(line);");
        var streams = kernel.Process.StreamsUntil("output cut");
        Assert.Equal("ok", (string?)kernel.Receive()["status"]);
        Assert.InRange(streams.Count, 2, 1_000);
        Assert.StartsWith("0\n1\n2\n", string.Concat(streams), StringComparison.Ordinal);
        Assert.Equal(1_000_000, streams.SkipLast(1).Sum(text => text.Length));
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

        return new NetMQMessage(frames);
    }
}
