using System.Diagnostics;
using System.Globalization;
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
    private readonly Connection _connection;

    /// <summary>Starts a kernel.</summary>
    /// <param name="underFrontEnd">True to start it from a process between, which is then <see cref="Process"/>.</param>
    /// <param name="memoryLimit">Bytes of managed memory the kernel may have; null for no limit.</param>
    /// <param name="fileLimit">How many files and connections it may have open; null for this process's limit.</param>
    /// <param name="program">The kernel's assembly; null for this build's.</param>
    /// <param name="dotnet">Script of the <c>dotnet</c> that the kernel's commands run; null for the real one.</param>
    /// <param name="variables">Its environment besides that of this process.</param>
    public KernelProcess(
        bool underFrontEnd = false, long? memoryLimit = null, int? fileLimit = null, string? program = null, string? dotnet = null,
        params IReadOnlyList<(string Name, string Value)> variables)
    {
        program ??= Jupyter.Program;
        var ports = FreePorts(5);
        _connection = new Connection
        {
            Ip = "127.0.0.1",
            ShellPort = ports[0],
            ControlPort = ports[1],
            StdinPort = ports[2],
            IopubPort = ports[3],
            HbPort = ports[4],
            Key = Key,
        };
        var file = Path.Combine(Folder, "connection.json");
        File.WriteAllText(file, $$"""
            {"transport":"tcp","ip":"127.0.0.1","shell_port":{{ports[0]}},"control_port":{{ports[1]}},"stdin_port":{{ports[2]}},
             "iopub_port":{{ports[3]}},"hb_port":{{ports[4]}},"key":"{{Key}}","signature_scheme":"hmac-sha256"}
            """);
        var start = underFrontEnd
            ? new ProcessStartInfo("/bin/sh", ["-c", $"JPY_PARENT_PID=$$ dotnet '{program}' kernel '{file}' & wait"]) { RedirectStandardError = true }
            : fileLimit is { } files
            ? new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -n {files}; exec dotnet '{program}' kernel '{file}'"]) { RedirectStandardError = true }
            : new ProcessStartInfo("dotnet", [program, "kernel", file]) { RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        if (memoryLimit is { } limit) start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        if (dotnet is not null)
        {
            start.Environment["PATH"] = $"{Path.GetDirectoryName(StandInDotnet.Write(Folder, dotnet))}:{Environment.GetEnvironmentVariable("PATH")}";
            start.Environment["XDG_DATA_HOME"] = Folder;
        }

        Process = Process.Start(start)!;
        Process.BeginErrorReadLine();
        Shell.Connect($"tcp://{_connection.AddressOf(ports[0])}");
        Control.Connect($"tcp://{_connection.AddressOf(ports[1])}");
    }

    /// <summary>A folder of its own.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("kernel").FullName;

    public Process Process { get; }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<IPEndPoint> Ports => [.. new[] { _connection.ShellPort, _connection.ControlPort, _connection.StdinPort, _connection.IopubPort, _connection.HbPort }.Select(_connection.AddressOf)];

    public DealerSocket Shell { get; } = new();

    public DealerSocket Control { get; } = new();

    /// <summary>What all front ends are told; nothing arrives before <see cref="Listen"/>.</summary>
    public SubscriberSocket Published { get; } = new();

    /// <summary>Subscribes to what the kernel publishes, and returns once that works.</summary>
    public void Listen()
    {
        // Enough for everything that a test lets a kernel say.
        Published.Options.ReceiveHighWatermark = 0;
        Published.Connect($"tcp://{_connection.AddressOf(_connection.IopubPort)}");
        Published.SubscribeToAnyTopic();
        NetMQMessage? heard = null;
        do
        {
            Send(Shell, "kernel_info_request", []);
            Receive(Shell, "kernel_info_reply");
        }
        while (!Published.TryReceiveMultipartMessage(TimeSpan.FromMilliseconds(100), ref heard));
    }

    /// <summary>The text of the streams until some text has come; each message's on its own.</summary>
    public List<string> StreamsUntil(string text)
    {
        List<string> streams = [];
        var deadline = Stopwatch.StartNew();
        while (deadline.Elapsed < TimeSpan.FromSeconds(60))
        {
            NetMQMessage? frames = null;
            if (!Published.TryReceiveMultipartMessage(TimeSpan.FromSeconds(1), ref frames)) continue;
            var message = Message.Decode([.. frames!.Select(frame => frame.ToByteArray())], Encoding.UTF8.GetBytes(Key));
            if (message.Type != "stream") continue;
            streams.Add(message.Text("text")!);
            if (streams[^1].Contains(text, StringComparison.Ordinal)) return streams;
        }

        throw new TimeoutException($"No stream said '{text}'.");
    }

    /// <summary>Sends a signed request.</summary>
    public static void Send(DealerSocket socket, string type, JsonObject content, JsonObject? metadata = null)
    {
        var frames = new NetMQMessage();
        foreach (var frame in (Message.New(type, content) with { Metadata = metadata ?? [] }).Encode(Encoding.UTF8.GetBytes(Key))) frames.Append(frame);
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
        Published.Dispose();
        if (!Process.HasExited) Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ports that are free and that the system gives nobody who asks for just any: the kernel takes them only half a second later.</summary>
    private static int[] FreePorts(int count)
    {
        List<TcpListener> listeners = [];
        while (listeners.Count < count)
        {
            var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(10_000, 32_000));
            try
            {
                listener.Start();
                listeners.Add(listener);
            }
            catch (SocketException)
            {
                listener.Dispose();
            }
        }

        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
