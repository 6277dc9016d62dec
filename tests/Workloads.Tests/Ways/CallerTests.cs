#pragma warning disable xUnit1051 // what is asked is what a call without a token does
using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>
/// What returns a task never holds its caller, whatever thread that is: it returns while the work cannot be done yet. Where
/// it did hold its caller, the work would wait for what comes after the call, and the test for its time limit.
/// </summary>
// Alone: the work of some holds threads of the pool that other tests would wait for.
[Collection(Alone.Name)]
public sealed class CallerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public enum Caller { PoolThread, ThreadOfItsOwn, EventLoop }

    public static MatrixTheoryData<string, Caller> Ways => new([.. AllWays.ReturningTasks.Keys], Enum.GetValues<Caller>());

    public static TheoryData<Caller> Callers => [.. Enum.GetValues<Caller>()];

    public static string WaitForFile(string path)
    {
        while (!File.Exists(path)) Thread.Sleep(1);
        return path;
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_way_returns_before_its_items_are_done(string way, Caller caller)
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (isDone, map) = await ReturnedTo(caller, () => AllWays.ReturningTasks[way](Enumerable.Range(1, 8), WaysTests.Square, open.Task));
        Assert.False(isDone);
        open.SetResult();
        Assert.Equal(Enumerable.Range(1, 8).Select(WaysTests.Square), await map.WaitAsync(Limit));
    }

    [Theory, MemberData(nameof(Callers))]
    public async Task Processes_are_started_while_the_caller_goes_on(Caller caller)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "go on");
        using var pool = ProcessPool.Start(1);
        var (isDone, once) = await ReturnedTo(caller, () => Processes.Map([path], WaitForFile, 1));
        var (isPoolDone, pooled) = await ReturnedTo(caller, () => pool.Map([path], WaitForFile));
        var (areThreadsDone, threads) = await ReturnedTo(caller, () => ManyWaits.OfThreads(5));
        Assert.False(isDone || isPoolDone || areThreadsDone);
        File.WriteAllText(path, "");
        Assert.Equal([path, path], [.. await once.WaitAsync(Limit), .. await pooled.WaitAsync(Limit)]);
        await threads.WaitAsync(Limit);
    }

    [Theory, MemberData(nameof(Callers))]
    public async Task Orders_return_at_once_and_so_do_those_that_have_to_open_the_shop_again(Caller caller)
    {
        using var shop = CoffeeShop.Open(new SharedShop(), new ShopSettings(Milliseconds: 3_600_000));
        using var cancel = new CancellationTokenSource();
        var (isDone, order) = await ReturnedTo(caller, () => shop.OrderAsync(1, cancel.Token));
        Assert.False(isDone);
        using (var server = Process.GetProcessById(shop.ProcessId!.Value))
        {
            server.Kill();
            await server.WaitForExitAsync();
            var (_, again) = await ReturnedTo(caller, () =>
            {
                var ordering = shop.OrderAsync(2, cancel.Token);
                // Had it waited for the new shop, that would be there by now.
                Assert.Equal(server.Id, shop.ProcessId);
                return ordering;
            });
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => order.WaitAsync(Limit));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => again.WaitAsync(Limit));
        }
    }

    [Theory, MemberData(nameof(Callers))]
    public async Task Reading_a_line_and_saving_a_file_do_not_hold_the_caller(Caller caller)
    {
        var person = new UserInput(["never"], ms: 1_800_000);
        var (isSaid, line) = await ReturnedTo(caller, () => person.ReadLineAsync());
        Assert.False(isSaid);
        person.Dispose();
        Assert.Null(await line.WaitAsync(Limit));
        // Making up that much text takes a tenth of a second.
        using var files = TempFiles.Create(filesPerItem: 1, kilobytes: 4_096);
        var (isSaved, saved) = await ReturnedTo(caller, () => files.SaveAndLoadAsync(1));
        Assert.False(isSaved);
        await saved.WaitAsync(Limit);
    }

    /// <summary>The task that a call gave to its caller, and whether it was done by then.</summary>
    private static async Task<(bool IsDone, Task<T> Task)> ReturnedTo<T>(Caller caller, Func<Task<T>> call)
    {
        var returned = new TaskCompletionSource<(bool, Task<T>)>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<T> Call()
        {
            try
            {
                var task = call();
                returned.SetResult((task.IsCompleted, task));
                return task;
            }
            catch (Exception error)
            {
                returned.SetException(error);
                throw;
            }
        }

        Task _ = caller switch
        {
            Caller.PoolThread => Task.Run(Call),
            Caller.ThreadOfItsOwn => Task.Factory.StartNew(Call, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
            // The loop turns on until the task is done: what comes back to it must find it.
            _ => Task.Factory.StartNew(() => EventLoop.Run(Call), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default),
        };
        return await returned.Task.WaitAsync(Limit);
    }
}
