using System.Diagnostics;

namespace ConcurrencyLab;

/// <summary>Starts this library as a worker process, on the same dotnet that runs this process.</summary>
internal static class WorkerLaunch
{
    /// <summary>
    /// Starts a worker with all three streams redirected. Its input is its lifeline: the system closes that pipe when
    /// this process ends, however it ends, and the worker leaves when it reads the end of it.
    /// </summary>
    internal static Process Start()
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            ArgumentList = { "exec", typeof(WorkerLaunch).Assembly.Location, WorkerProgram.Verb },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("A worker process could not be started.");
    }
}
