namespace ConcurrencyLab.Tests;

/// <summary>What chapters show about memory and crashes, with the library's own methods.</summary>
[Collection(Alone.Name)]
public sealed class IsolationTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_child_process_has_a_board_of_its_own()
    {
        SharedCounter.Set(5);
        using var pool = ProcessPool.Start(1);
        var seen = await pool.Map([100, 20], SharedCounter.Add, cancel: Stop);
        Assert.Equal([100, 120], seen.Select(counter => counter.Value));
        Assert.DoesNotContain(Environment.ProcessId, seen.Select(board => board.Process));
        Assert.Equal(5, SharedCounter.Value);
        Assert.Equal(2, pool.RoundTrips);
        Assert.Equal((Environment.ProcessId, 12), (SharedCounter.Add(7).Process, SharedCounter.Value));
    }

    [Fact]
    public async Task The_faulty_machine_ends_a_worker_and_never_the_reader()
    {
        var cups = await Processes.Map([11, 12, 13, 14], FaultyMachine.Brew, workers: 1, cancel: Stop);
        Assert.Equal(["cup 11", "cup 12", "cup 14"], cups.Succeeded);
        var lost = Assert.Single(cups.Failures);
        Assert.Equal(13, lost.Item);
        Assert.Contains("exploded", Assert.IsType<WorkerEndedException>(lost.Error).Message, StringComparison.Ordinal);
        Assert.Contains("Processes.Map", Assert.Throws<InvalidOperationException>(() => FaultyMachine.Brew(13)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Primes_above_a_number_are_the_next_ones()
    {
        Assert.Equal([2L, 3, 5, 7, 11], Primes.After(-3, 5));
        Assert.Equal([101L, 103], Primes.After(100, 2));
        Assert.Equal(25, Primes.Count([.. Enumerable.Range(0, 100).Select(number => (long)number)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Primes.After(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Primes.After(long.MaxValue, 1));
    }
}
