using System.Diagnostics;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>
/// Another process of this very program that does one thing when told to: what shall be measured apart from everything
/// that has happened here. It ends with the end of its input, so it never outlives us.
/// </summary>
internal sealed class Role : IDisposable
{
    private readonly Process _process;

    private Role(Process process) => _process = process;

    /// <summary>Starts the process and waits until it is ready.</summary>
    /// <param name="arguments">The role's name and what it needs.</param>
    internal static Task<Role> StartAsync(params string[] arguments) => StartAsync([], arguments);

    /// <summary>The same with settings of the runtime.</summary>
    /// <param name="environment">Environment variables, such as <c>DOTNET_HillClimbing_Disable</c>.</param>
    /// <param name="arguments">The role's name and what it needs.</param>
    internal static async Task<Role> StartAsync((string Name, string Value)[] environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["role", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var role = new Role(Process.Start(start)!);
        try
        {
            await role.HearAsync();
            return role;
        }
        catch
        {
            role.Dispose();
            throw;
        }
    }

    internal int ProcessId => _process.Id;

    /// <summary>Has it do its thing once and gives its answer.</summary>
    internal async Task<string> AskAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        return await HearAsync();
    }

    private async Task<string> HearAsync() =>
        await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A process of the benchmark ended early.");

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>
    /// The other side: does it once for each line of input, on the calling thread. Asynchronous reading of the console would
    /// hold a thread of the pool, and what is measured would be the continuation of somebody's answer.
    /// </summary>
    internal static int Play(Func<string> thing)
    {
        Console.Out.WriteLine("ready");
        while (Console.In.ReadLine() is not null)
        {
            Console.Out.WriteLine(thing());
        }

        return 0;
    }
}
