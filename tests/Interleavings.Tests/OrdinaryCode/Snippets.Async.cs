namespace ConcurrencyLab.Tests;

/// <summary>Tasks, awaits, cancellation.</summary>
internal static partial class Snippets
{
    private static async Task AwaitBetweenReadAndWrite()
    {
        var balance = 100;
        async Task Draw(int amount)
        {
            if (balance >= amount)
            {
                await Task.Delay(10);
                balance -= amount;
            }
        }

        await Task.WhenAll(Draw(80), Draw(80));
        Check.That(balance >= 0);
    }

    private static async Task AwaitInsideASemaphore()
    {
        var balance = 100;
        var gate = new SemaphoreSlim(1, 1);
        async Task Draw(int amount)
        {
            await gate.WaitAsync();
            try
            {
                if (balance >= amount)
                {
                    await Task.Delay(10);
                    balance -= amount;
                }
            }
            finally
            {
                gate.Release();
            }
        }

        await Task.WhenAll(Draw(80), Draw(80));
        Check.That(balance == 20);
    }

    private static async Task ResultsOfWhenAll()
    {
        async Task<int> Half(int number)
        {
            await Task.Yield();
            return number / 2;
        }

        var halves = await Task.WhenAll(Half(4), Half(6));
        Check.That(halves.Sum() == 5);
    }

    private static async Task WhoIsFirst()
    {
        var tea = Task.Run(() => "tea");
        var coffee = Task.Run(() => "coffee");
        var first = await Task.WhenAny(tea, coffee);
        Check.That(await first == "tea", "tea is first");
    }

    private static async Task SumOfTasks()
    {
        var sum = 0;
        await Task.WhenAll(Enumerable.Range(1, 2).Select(i => Task.Run(() => sum += i)));
        Check.That(sum == 3);
    }

    private static async Task SumOfResults()
    {
        var parts = await Task.WhenAll(Enumerable.Range(1, 2).Select(i => Task.Run(() => i * i)));
        Check.That(parts.Sum() == 5);
    }

    private static void ExceptionNobodySees()
    {
        _ = Task.Run(() => throw new InvalidOperationException("no milk"));
        Thread.Sleep(10);
    }

    private static async Task ExceptionThatIsAwaited()
    {
        var told = false;
        try
        {
            await Task.Run(() => throw new InvalidOperationException("no milk"));
        }
        catch (InvalidOperationException)
        {
            told = true;
        }

        Check.That(told);
    }

    private static void AsyncVoid()
    {
        async void Brew()
        {
            await Task.Yield();
            throw new InvalidOperationException("no milk");
        }

        try
        {
            Brew();
        }
        catch (InvalidOperationException)
        {
            // Never comes here.
        }
    }

    private static void ForgottenAwait()
    {
        var saved = false;
        async Task Save()
        {
            await Task.Delay(1);
            saved = true;
        }

        _ = Save();
        Check.That(saved);
    }

    private static void CancelledInTime()
    {
        using var stop = new CancellationTokenSource();
        var rounds = 0;
        var worker = Task.Run(() =>
        {
            while (!stop.Token.IsCancellationRequested)
            {
                Thread.Sleep(1);
            }

            rounds = 1;
        });
        stop.Cancel();
        worker.Wait();
        Check.That(rounds == 1);
    }

    private static async Task CancelledDelay()
    {
        using var stop = new CancellationTokenSource();
        var waiting = Task.Delay(1000, stop.Token);
        stop.Cancel();
        var cancelled = false;
        try
        {
            await waiting;
        }
        catch (OperationCanceledException)
        {
            cancelled = true;
        }

        Check.That(cancelled, "it was cancelled before the time was over");
    }

    private static async Task TimeoutOrNot()
    {
        var work = Task.Run(() => 42);
        var first = await Task.WhenAny(work, Task.Delay(1000));
        Check.That(first == work, "the work is done in time");
    }

    private static async Task CompletionSource()
    {
        var ready = new TaskCompletionSource<int>();
        var waiter = Task.Run(async () => await ready.Task + 1);
        ready.SetResult(41);
        Check.That(await waiter == 42);
    }

    private static void CompletedTwice()
    {
        var ready = new TaskCompletionSource<int>();
        Parallel.Invoke(() => ready.SetResult(1), () => ready.TrySetResult(2));
    }

    private static void ResultInsideALock()
    {
        var gate = new object();
        var worker = Task.Run(() =>
        {
            lock (gate)
            {
                return 1;
            }
        });
        lock (gate)
        {
            _ = worker.Result;
        }
    }

    private static void ContinuationAfterTheWork()
    {
        var steps = "";
        Task.Run(() => steps += "a").ContinueWith(_ => steps += "b").Wait();
        Check.That(steps == "ab");
    }

    private sealed class Shop
    {
        private event Action? Opened;

        public int Guests { get; set; }

        public void Open()
        {
            Opened?.Invoke();
        }

        public void Wait() => Opened += () => Guests++;
    }

    private static void EventHandlers()
    {
        var shop = new Shop();
        var guest = new Thread(shop.Wait);
        guest.Start();
        shop.Open();
        guest.Join();
    }
}
