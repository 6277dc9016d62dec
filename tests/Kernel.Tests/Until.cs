namespace ConcurrencyLab.Tests;

/// <summary>Waits for a thing, not for a time.</summary>
internal static class Until
{
    /// <summary>Longer than anything takes beside four busy processes: what takes longer hangs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until something is true.</summary>
    /// <param name="isTrue">Asks.</param>
    /// <param name="what">What is waited for; the failure names it.</param>
    public static async Task True(Func<bool> isTrue, string what)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!isTrue())
        {
            Assert.False(limit.IsCancellationRequested, $"not seen within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for a task.</summary>
    /// <param name="task">What is waited for.</param>
    /// <param name="what">Its name; the failure says it.</param>
    public static async Task<T> Done<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Limit, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"not done within {Limit.TotalSeconds} s: {what}");
        }
    }
}
