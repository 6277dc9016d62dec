using System.Runtime.ExceptionServices;

namespace ConcurrencyLab;

/// <summary>A number of threads started together and joined together; none is left behind when the caller is interrupted.</summary>
internal static class ThreadGroup
{
    internal static void Run(int size, Action<int> body)
    {
        Exception? failed = null;
        var threads = new List<Thread>(size);
        try
        {
            for (var member = 0; member < size; member++)
            {
                var number = member;
                var thread = new Thread(() =>
                {
                    try
                    {
                        body(number);
                    }
                    catch (Exception error)
                    {
                        // An exception that leaves a thread ends the whole process: hand it to the caller instead.
                        Interlocked.CompareExchange(ref failed, error, null);
                    }
                })
                { IsBackground = true };
                try
                {
                    thread.Start();
                }
                catch (Exception refused) when (refused is OutOfMemoryException or ThreadStartException)
                {
                    // The system gives no more threads: those that it gave come to their end first.
                    Interlocked.CompareExchange(ref failed, refused, null);
                    break;
                }

                threads.Add(thread);
            }

            threads.ForEach(thread => thread.Join());
        }
        catch (ThreadInterruptedException)
        {
            threads.ForEach(thread => thread.Interrupt());
            throw;
        }

        if (failed is not null)
        {
            ExceptionDispatchInfo.Throw(failed);
        }
    }
}
