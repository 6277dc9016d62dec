namespace ConcurrencyLab.Tests;

public class EventLoopTests
{
    [Fact]
    public void Everything_runs_on_the_calling_thread()
    {
        var threads = new HashSet<int>();
        var sum = EventLoop.Run(async () =>
        {
            async Task<int> One(int number)
            {
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Delay(number % 3);
                threads.Add(Environment.CurrentManagedThreadId);
                await Task.Yield();
                threads.Add(Environment.CurrentManagedThreadId);
                return number;
            }

            return (await Task.WhenAll(Enumerable.Range(0, 200).Select(One))).Sum();
        });
        Assert.Equal(19900, sum);
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void What_the_program_throws_is_thrown_and_the_callers_context_comes_back()
    {
        var before = SynchronizationContext.Current;
        var error = Assert.Throws<InvalidOperationException>(() => EventLoop.Run(async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException("out of milk");
        }));
        Assert.Equal("out of milk", error.Message);
        Assert.Same(before, SynchronizationContext.Current);
    }

    [Fact]
    public async Task What_the_program_left_running_goes_on_elsewhere()
    {
        var later = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        EventLoop.Run(() =>
        {
            _ = Rest();
            return Task.CompletedTask;

            async Task Rest()
            {
                await gate.Task;
                later.SetResult();
            }
        });
        gate.SetResult();
        await later.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}
