using System.Text.Json.Nodes;

namespace ConcurrencyLab.Tests.Support;

/// <summary>Small notebooks as the text of their files.</summary>
public static class NotebookText
{
    /// <summary>A notebook of code cells.</summary>
    public static string OfCode(params string[] sources) => Of([.. sources.Select(source => ("code", source))]);

    public static string Of(params (string Kind, string Source)[] cells)
    {
        var list = new JsonArray();
        foreach (var (kind, source) in cells)
        {
            var cell = new JsonObject { ["cell_type"] = kind, ["id"] = $"id-{list.Count + 1}", ["metadata"] = new JsonObject(), ["source"] = source };
            if (kind == "code")
            {
                cell["outputs"] = new JsonArray();
                cell["execution_count"] = null;
            }
            list.Add(cell);
        }
        return new JsonObject
        {
            ["cells"] = list,
            ["metadata"] = new JsonObject
            {
                ["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" },
            },
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        }.ToJsonString();
    }

    /// <summary>A cell that shows claims as chapters do, without the library.</summary>
    public static string Claims(bool holds) => $$"""
        using System.IO;
        class TypeFormatterSourceAttribute(Type source) : Attribute { public Type FormatterSourceType => source; public string[] PreferredMimeTypes { get; set; } }
        class Formatter(string mimeType, string text) { public string MimeType => mimeType; public bool Format(object value, TextWriter writer) { writer.Write(text); return true; } }
        class Source
        {
            const string Json = "{\"claims\":[{\"text\":\"Waiting costs no thread\",\"measured\":\"12.3 ×\",\"bound\":\"at least 5 ×\",\"holds\":{{(holds ? "true" : "false")}},\"reason\":{{(holds ? "null" : "\\\"one core\\\"")}}}]}";
            public IEnumerable<object> CreateTypeFormatters() => [new Formatter("application/vnd.concurrencylab.claims+json", Json), new Formatter("text/html", "<table><tr><td>Waiting costs no thread</td></tr></table>"), new Formatter("text/plain", "Waiting costs no thread")];
        }
        [TypeFormatterSource(typeof(Source), PreferredMimeTypes = ["application/vnd.concurrencylab.claims+json", "text/html", "text/plain"])] class Shown { }
        new Shown()
        """;
}
