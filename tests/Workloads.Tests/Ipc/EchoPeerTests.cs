using System.Diagnostics;

namespace ConcurrencyLab.Tests;

public sealed class EchoPeerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ways => ["thread", "pipe", "socket", "mapped file"];

    private static EchoPeer Open(string way) => way switch
    {
        "thread" => EchoPeer.OnThread(),
        "pipe" => EchoPeer.OverPipe(),
        "socket" => EchoPeer.OverSocket(),
        _ => EchoPeer.OverMappedFile(),
    };

    [Theory, MemberData(nameof(Ways))]
    public void Messages_of_every_length_come_back_whole(string way)
    {
        using var peer = Open(way);
        Assert.Contains(way, peer.Name, StringComparison.Ordinal);
        var random = new Random(7);
        // Around the sizes of pipes, pieces and chunks, where something may wrap or be cut.
        foreach (var length in (int[])[0, 1, 2, 4095, 4096, 4097, 65_535, 65_536, 65_537, 262_143, 262_144, 262_145, 1_048_577, 3_000_001, 1])
        {
            var message = new byte[length];
            random.NextBytes(message);
            Assert.Equal(length, peer.Echo(message));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void Several_threads_may_send_and_each_gets_its_own_back(string way)
    {
        using var peer = Open(way);
        Parallel.For(0, 40, number =>
        {
            var message = new byte[1 + number * 1009];
            message.AsSpan().Fill((byte)number);
            Assert.Equal(message.Length, peer.Echo(message));
        });
    }

    [Theory, MemberData(nameof(Ways))]
    public void What_was_ended_says_so_and_its_process_is_gone(string way)
    {
        var peer = Open(way);
        peer.Dispose();
        peer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => peer.Echo([1]));
        if (peer.ProcessId is { } id) Assert.True(ProcessesTests.IsGone(id));
    }

    [Theory, InlineData("pipe"), InlineData("socket"), InlineData("mapped file")]
    public async Task A_killed_peer_is_an_error_and_no_endless_wait(string way)
    {
        using var peer = Open(way);
        using (var process = Process.GetProcessById(peer.ProcessId!.Value))
        {
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }

        Assert.Throws<WorkerEndedException>(() => peer.Echo(new byte[100_000]));
        Assert.Throws<WorkerEndedException>(() => peer.Echo([1]));
    }

    [Fact]
    public async Task Peers_do_not_outlive_a_killed_process()
    {
        await using var child = await ChildRole.StartAsync("echo");
        var peers = child.FirstLine.Split(' ').Select(int.Parse).ToArray();
        Assert.Equal(3, peers.Length);
        child.Kill();
        await child.WaitForExitAsync(Stop);
        Assert.All(peers, id => Assert.True(ProcessesTests.IsGone(id), $"process {id} is still there"));
    }
}
