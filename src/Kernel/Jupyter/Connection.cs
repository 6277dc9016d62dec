using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>The content of a connection file: the one address and the five ports on which the kernel listens.</summary>
internal sealed record Connection
{
    public string Transport { get; init; } = "tcp";

    public required string Ip { get; init; }

    public required int ShellPort { get; init; }

    public required int ControlPort { get; init; }

    public required int StdinPort { get; init; }

    public required int IopubPort { get; init; }

    public required int HbPort { get; init; }

    /// <summary>The secret that signs messages; empty for none.</summary>
    public string Key { get; init; } = "";

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
    public IPEndPoint AddressOf(int port) => new(IPAddress.Parse(Ip), port);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Connection))]
internal sealed partial class ConnectionJson : JsonSerializerContext;
