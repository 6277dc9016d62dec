using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ConcurrencyLab.Kernel.Jupyter;

/// <summary>A message of the Jupyter protocol.</summary>
/// <param name="Identities">The routing frames of who sent it, or is to get it.</param>
/// <param name="Header">Its type, id and sender.</param>
/// <param name="Parent">The header of the request that caused it; empty for none.</param>
/// <param name="Metadata">Empty in what this kernel sends.</param>
/// <param name="Content">What it says.</param>
internal sealed record Message(
    IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    /// <summary>The version of the protocol that this kernel speaks.</summary>
    public const string ProtocolVersion = "5.4";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly string KernelSession = Guid.NewGuid().ToString("N");

    public string Type => Text(Header, "msg_type") ?? "";

    /// <summary>A string of the content; null when it is missing or something else.</summary>
    public string? Text(string name) => Text(Content, name);

    /// <summary>A number or truth value of the content; another when it is missing or something else.</summary>
    public T Value<T>(string name, T otherwise) => Content[name] is JsonValue value && value.TryGetValue<T>(out var found) ? found : otherwise;

    /// <summary>A message that answers this one, or reports on it.</summary>
    public Message Answer(string type, JsonObject content) => New(type, content, this);

    /// <summary>The reply to this request.</summary>
    public Message Reply(JsonObject content) => Answer(Type.Replace("_request", "_reply", StringComparison.Ordinal), content);

    /// <summary>A message of the kernel's.</summary>
    public static Message New(string type, JsonObject content, Message? parent = null) => new(
        parent?.Identities ?? [],
        new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = KernelSession,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        parent is null ? [] : (JsonObject)parent.Header.DeepClone(),
        [],
        content);

    /// <summary>The frames to send.</summary>
    /// <param name="key">Signs them; empty for no signature.</param>
    public List<byte[]> Encode(byte[] key)
    {
        byte[][] parts = [Bytes(Header), Bytes(Parent), Bytes(Metadata), Bytes(Content)];
        return [.. Identities, Delimiter, Encoding.ASCII.GetBytes(Sign(key, parts)), .. parts];
    }

    /// <summary>Reads frames.</summary>
    /// <exception cref="FormatException">They are no message, or not one of a sender who knows the key.</exception>
    public static Message Decode(IReadOnlyList<byte[]> frames, byte[] key)
    {
        var delimiter = frames.ToList().FindIndex(frame => frame.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0) throw new FormatException("no delimiter");
        if (frames.Count < delimiter + 6) throw new FormatException("too few frames");
        var parts = frames.Skip(delimiter + 2).Take(4).ToArray();
        var expected = Encoding.ASCII.GetBytes(Sign(key, parts));
        if (!CryptographicOperations.FixedTimeEquals(expected, frames[delimiter + 1])) throw new FormatException("wrong signature");
        try
        {
            var message = new Message([.. frames.Take(delimiter)], Object(parts[0]), Object(parts[1]), Object(parts[2]), Object(parts[3]));
            return message.Type.Length > 0 ? message : throw new FormatException("no message type");
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            throw new FormatException("not JSON: " + exception.Message);
        }
    }

    private static string Sign(byte[] key, byte[][] parts)
    {
        if (key.Length == 0) return "";
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonObject Object(byte[] part)
    {
        var parsed = JsonNode.Parse(part) as JsonObject ?? throw new FormatException("not a JSON object");
        // JsonObject finds a duplicate name only when first used; here is where it can still be refused.
        _ = parsed.Count;
        return parsed;
    }

    private static byte[] Bytes(JsonObject part) => Encoding.UTF8.GetBytes(part.ToJsonString());

    private static string? Text(JsonObject from, string name) =>
        from[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
