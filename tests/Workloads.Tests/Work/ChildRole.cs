using ConcurrencyLab.Common;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ConcurrencyLab.Tests;

/// <summary>
/// This test program started once more, to play a part of which a test needs the process: one that uses the library and
/// can be killed. The part is played before any test framework starts.
/// </summary>
internal sealed class ChildRole : IAsyncDisposable
{
    private const string Variable = "CONCURRENCYLAB_TEST_ROLE", ArgumentVariable = "CONCURRENCYLAB_TEST_ARGUMENT";

    private readonly Process _process;

    private ChildRole(Process process, string firstLine) => (_process, FirstLine) = (process, firstLine);

    /// <summary>What the child said when it was ready.</summary>
    public string FirstLine { get; }

    public static async Task<ChildRole> StartAsync(string role, string argument = "")
    {
        var start = new ProcessStartInfo(DotnetHost.Path)
        {
            ArgumentList = { "exec", typeof(ChildRole).Assembly.Location },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { [Variable] = role, [ArgumentVariable] = argument },
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return line is not null
            ? new ChildRole(process, line)
            : throw new InvalidOperationException("The child failed: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>SIGKILL, or its like on Windows: no chance to tidy up.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Lets it end by itself.</summary>
    public void LetGo() => _process.StandardInput.Close();

    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    [ModuleInitializer]
    internal static void PlayWhenAsked()
    {
        switch (Environment.GetEnvironmentVariable(Variable))
        {
            case "coffee-shop":
                var shop = CoffeeShop.Open(ms: 0);
                StayReady($"{shop.ProcessId} {shop.Address}", shop);
                break;
            case "temp-folder":
                var folder = new TempFolder(Environment.GetEnvironmentVariable(ArgumentVariable));
                File.WriteAllText(Path.Combine(folder.Path, "something.txt"), "unfinished");
                StayReady(folder.Path, folder);
                break;
            case "echo":
                EchoPeer[] peers = [EchoPeer.OverPipe(), EchoPeer.OverSocket(), EchoPeer.OverMappedFile()];
                StayReady(string.Join(' ', peers.Select(peer => peer.ProcessId)), peers);
                break;
            case { } role:
                throw new InvalidOperationException($"There is no part called '{role}'.");
            default:
                return;
        }
    }

    private static void StayReady(string line, object keep)
    {
        Console.WriteLine(line);
        // Until killed, or until the test program is gone and with it the other end of our input.
        Console.In.ReadToEnd();
        GC.KeepAlive(keep);
        Environment.Exit(0);
    }
}
