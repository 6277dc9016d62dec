using System.Diagnostics;

namespace ConcurrencyLab.Tests;

[Collection(Alone.Name)]
public sealed class TalkTests
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
        using var talk = Open(way);
        Assert.Contains(way, talk.Name, StringComparison.Ordinal);
        var random = new Random(7);
        // Around the sizes of pipes, pieces and rings, where something may wrap or be cut.
        foreach (var length in (int[])[0, 1, 2, 4095, 4096, 4097, 65_535, 65_536, 65_537, 262_143, 262_145, 3_000_001, 1])
        {
            var message = new byte[length];
            random.NextBytes(message);
            Assert.Equal(length, talk.Echo(message));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void Several_threads_may_talk_and_each_gets_its_own_back(string way)
    {
        using var talk = Open(way);
        Parallel.For(0, 40, number =>
        {
            var message = new byte[1 + number * 1009];
            message.AsSpan().Fill((byte)number);
            Assert.Equal(message.Length, talk.Echo(message));
        });
    }

    [Theory, MemberData(nameof(Ways))]
    public void One_that_sleeps_wakes_up_for_the_next_message(string way)
    {
        using var talk = Open(way);
        for (var round = 0; round < 3; round++)
        {
            // Longer than anybody spins: what is tested is that nobody sleeps through the bell.
            Stop.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
            Assert.Equal(1, talk.Echo([(byte)round]));
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void What_was_ended_says_so_and_its_process_is_gone(string way)
    {
        var talk = Open(way);
        talk.Dispose();
        talk.Dispose();
        Assert.Throws<ObjectDisposedException>(() => talk.Echo([1]));
        if (talk.ProcessId is { } id) Assert.True(IsGone(id));
    }

    [Theory, InlineData("pipe"), InlineData("socket"), InlineData("mapped file")]
    public async Task A_killed_partner_is_an_error_and_no_endless_wait(string way)
    {
        using var talk = Open(way);
        using (var process = Process.GetProcessById(talk.ProcessId!.Value))
        {
            process.Kill();
            await process.WaitForExitAsync(Stop);
        }

        Assert.Throws<WorkerEndedException>(() => talk.Echo(new byte[100_000]));
        Assert.Throws<WorkerEndedException>(() => talk.Echo([1]));
    }

    [Fact]
    public async Task Partners_do_not_outlive_a_killed_process()
    {
        await using var child = await ChildRole.StartAsync("talk");
        var partners = child.FirstLine.Split(' ').Select(int.Parse).ToArray();
        Assert.Equal(3, partners.Length);
        child.Kill();
        await child.WaitForExitAsync(Stop);
        Assert.All(partners, id => Assert.True(IsGone(id), $"process {id} is still there"));
    }

    private static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
