using System.Diagnostics.CodeAnalysis;

[assembly: AssemblyFixture(typeof(ConcurrencyLab.Tests.OneAtATime))]

namespace ConcurrencyLab.Tests;

/// <summary>
/// `dotnet test` starts a test project for each core. Where everything is asked for, chapters measure and claims are held
/// against their bounds: the projects take turns, so that none measures another.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The thread owns what it waits for.")]
public sealed class OneAtATime : IAsyncLifetime
{
    private readonly TaskCompletionSource _mine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _done = new();
    private readonly Thread _holder;

    public OneAtATime()
    {
        // A mutex belongs to the thread that took it, so one thread takes it and gives it back.
        _holder = new Thread(Hold) { IsBackground = true, Name = "turn of this test project" };
    }

    public async ValueTask InitializeAsync()
    {
        if (!Tier.IsAll) return;
        _holder.Start();
        await _mine.Task;
    }

    public ValueTask DisposeAsync()
    {
        _done.Set();
        if (Tier.IsAll) _holder.Join();
        _done.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Hold()
    {
        using var turn = new Mutex(initiallyOwned: false, "ConcurrencyLab.Tests");
        try
        {
            turn.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // The project before was killed; its turn is over all the same.
        }

        _mine.SetResult();
        _done.Wait();
        turn.ReleaseMutex();
    }
}
