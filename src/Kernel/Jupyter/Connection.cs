using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>Where a front end waits for its kernel: the content of a connection file.</summary>
public sealed record Connection
{
    /// <summary><c>tcp</c> or <c>ipc</c>; only <c>tcp</c> is served.</summary>
    [JsonPropertyName("transport")]
    public string Transport { get; init; } = "tcp";

    /// <summary>The one address on which the kernel may listen.</summary>
    [JsonPropertyName("ip")]
    public required string Ip { get; init; }

    /// <summary>Port for requests to run code.</summary>
    [JsonPropertyName("shell_port")]
    public required int ShellPort { get; init; }

    /// <summary>Port for requests to interrupt and shut down.</summary>
    [JsonPropertyName("control_port")]
    public required int ControlPort { get; init; }

    /// <summary>Port for questions to the person.</summary>
    [JsonPropertyName("stdin_port")]
    public required int StdinPort { get; init; }

    /// <summary>Port for what all front ends are told.</summary>
    [JsonPropertyName("iopub_port")]
    public required int IopubPort { get; init; }

    /// <summary>Port for signs of life.</summary>
    [JsonPropertyName("hb_port")]
    public required int HeartbeatPort { get; init; }

    /// <summary>The secret that signs messages; empty for none.</summary>
    [JsonPropertyName("key")]
    public string Key { get; init; } = "";

    /// <summary>How messages are signed; only <c>hmac-sha256</c> is served.</summary>
    [JsonPropertyName("signature_scheme")]
    public string SignatureScheme { get; init; } = "hmac-sha256";

    /// <summary>Reads a connection file.</summary>
    /// <exception cref="FormatException">It is no connection file, or asks for what this kernel does not do; one line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Connection Read(string path)
    {
        try
        {
            var connection = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConnectionJson.Default.Connection)
                ?? throw new FormatException($"{path} is empty.");
            if (connection.Transport != "tcp") throw new FormatException($"{path} asks for transport {connection.Transport}; this kernel speaks tcp.");
            if (connection.SignatureScheme != "hmac-sha256") throw new FormatException($"{path} asks for {connection.SignatureScheme}; this kernel signs with hmac-sha256.");
            if (!IPAddress.TryParse(connection.Ip, out _)) throw new FormatException($"{path} names no address to listen on: {connection.Ip}.");
            return connection;
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path} is not a connection file: {exception.Message}");
        }
    }

    /// <summary>The address of one of the ports.</summary>
    public string AddressOf(int port) =>
        FormattableString.Invariant($"tcp://{(Ip.Contains(':', StringComparison.Ordinal) ? $"[{Ip}]" : Ip)}:{port}");
}

[JsonSerializable(typeof(Connection))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
