using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Jupyter;
using NetMQ;
using NetMQ.Sockets;

namespace ConcurrencyLab.Tests.Jupyter;

/// <summary>A kernel in its own process, and a bare front end that can also misbehave.</summary>
internal sealed class KernelProcess : IDisposable
{
    private const string Key = "a secret of this test";
    private readonly string _folder = Directory.CreateTempSubdirectory("kernel").FullName;
    private readonly Connection _connection;

    /// <summary>Starts a kernel.</summary>
    /// <param name="underFrontEnd">True to start it from a process between, which is then <see cref="Process"/>.</param>
    public KernelProcess(bool underFrontEnd = false)
    {
        var ports = FreePorts(5);
        _connection = new Connection
        {
            Ip = "127.0.0.1",
            ShellPort = ports[0],
            ControlPort = ports[1],
            StdinPort = ports[2],
            IopubPort = ports[3],
            HeartbeatPort = ports[4],
            Key = Key,
        };
        var file = Path.Combine(_folder, "connection.json");
        File.WriteAllText(file, $$"""
            {"transport":"tcp","ip":"127.0.0.1","shell_port":{{ports[0]}},"control_port":{{ports[1]}},"stdin_port":{{ports[2]}},
             "iopub_port":{{ports[3]}},"hb_port":{{ports[4]}},"key":"{{Key}}","signature_scheme":"hmac-sha256"}
            """);
        Process = Process.Start(underFrontEnd
            ? new ProcessStartInfo("/bin/sh", ["-c", $"JPY_PARENT_PID=$$ dotnet '{Jupyter.Program}' kernel '{file}' & wait"]) { RedirectStandardError = true }
            : new ProcessStartInfo("dotnet", [Jupyter.Program, "kernel", file]) { RedirectStandardError = true })!;
        Process.BeginErrorReadLine();
        Shell.Connect(_connection.AddressOf(ports[0]));
        Control.Connect(_connection.AddressOf(ports[1]));
    }

    public Process Process { get; }

    public DealerSocket Shell { get; } = new();

    public DealerSocket Control { get; } = new();

    /// <summary>Sends a signed request.</summary>
    public static void Send(DealerSocket socket, string type, JsonObject content)
    {
        var frames = new NetMQMessage();
        foreach (var frame in Message.New(type, content).Encode(Encoding.UTF8.GetBytes(Key))) frames.Append(frame);
        socket.SendMultipartMessage(frames);
    }

    /// <summary>Waits for the next reply of a type.</summary>
    public static Message Receive(DealerSocket socket, string type)
    {
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60))
        {
            NetMQMessage? frames = null;
            if (!socket.TryReceiveMultipartMessage(TimeSpan.FromSeconds(1), ref frames)) continue;
            var message = Message.Decode([.. frames!.Select(frame => frame.ToByteArray())], Encoding.UTF8.GetBytes(Key));
            if (message.Type == type) return message;
        }

        throw new TimeoutException($"No {type} came.");
    }

    public void Dispose()
    {
        Shell.Dispose();
        Control.Dispose();
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int[] FreePorts(int count)
    {
        // All at once, so that they differ.
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
