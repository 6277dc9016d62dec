using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>One kernel for the tests of a class, none of which leaves it in another state.</summary>
public sealed class SharedKernel : IDisposable
{
    public SharedKernel() => Process.Listen();

    internal KernelProcess Process { get; } = new();

    public void Dispose() => Process.Dispose();

    /// <summary>Runs a cell and returns its reply.</summary>
    internal JsonObject Execute(string code)
    {
        Send(code);
        return Receive();
    }

    /// <summary>Sends a cell.</summary>
    internal void Send(string code) => KernelProcess.Send(Process.Shell, "execute_request", new JsonObject { ["code"] = code });

    /// <summary>Waits for the reply to the next cell that was sent.</summary>
    internal JsonObject Receive() => KernelProcess.Receive(Process.Shell, "execute_reply").Content;
}
