namespace ConcurrencyLab;

/// <summary>A thread that hands back what it is handed.</summary>
internal sealed class ThreadPeer : EchoPeer
{
    private readonly SemaphoreSlim _asked = new(0), _answered = new(0);
    private readonly Thread _thread;
    // Both semaphores are fences: who gets through sees what the other wrote before.
    private byte[]? _there, _back;

    internal ThreadPeer() : base("thread")
    {
        _thread = new Thread(HandBack) { IsBackground = true, Name = "echo" };
        _thread.Start();
    }

    private protected override int Exchange(byte[] message)
    {
        _there = message;
        _asked.Release();
        _answered.Wait();
        // The very same bytes need no comparison: nothing was copied.
        return ReferenceEquals(_back, message) ? message.Length : 0;
    }

    private protected override void Close()
    {
        _there = null;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
        _answered.Dispose();
    }

    private void HandBack()
    {
        while (true)
        {
            _asked.Wait();
            if ((_back = _there) is null) return;
            _answered.Release();
        }
    }
}
