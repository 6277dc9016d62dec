using System.Text.Json;

namespace ConcurrencyLab;

public sealed partial record Timeline
{
    /// <summary>
    /// Writes the timeline in the Trace Event Format, which Perfetto (ui.perfetto.dev, works offline once loaded) and
    /// chrome://tracing open. Threads become rows; waits that hold no thread become asynchronous slices.
    /// </summary>
    /// <param name="path">The file to write, usually named <c>*.json</c>; written whole or not at all.</param>
    public void SaveChromeTrace(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var unfinished = path + ".part";
        try
        {
            using (var stream = File.Create(unfinished))
            {
                WriteChromeTrace(stream);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }

    /// <summary>The timeline in the Trace Event Format: "X" slices and "b"/"e" pairs, times in microseconds.</summary>
    internal void WriteChromeTrace(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ms");
        json.WriteStartArray("traceEvents");
        Event("M", "process_name", 0, () => json.WriteString("name", Run));
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            var name = Lanes[lane].Name;
            Event("M", "thread_name", lane + 1, () => json.WriteString("name", name));
        }

        var wait = 0;
        foreach (var span in Spans)
        {
            if (span.Kind == SpanKind.Waiting)
            {
                wait++;
                Slice("b", span, span.Start, wait);
                Slice("e", span, span.End, wait);
            }
            else
            {
                Slice("X", span, span.Start, null);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Event(string phase, string name, int thread, Action arguments)
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", name);
            json.WriteNumber("pid", 1);
            json.WriteNumber("tid", thread);
            json.WriteStartObject("args");
            arguments();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        void Slice(string phase, Span span, TimeSpan at, int? id)
        {
            json.WriteStartObject();
            json.WriteString("ph", phase);
            json.WriteString("name", span.Item.Length == 0 ? "item" : span.Item);
            json.WriteString("cat", span.Kind.ToString());
            json.WriteNumber("ts", at.TotalMicroseconds);
            if (id is null)
            {
                json.WriteNumber("dur", span.Duration.TotalMicroseconds);
            }
            else
            {
                json.WriteNumber("id", id.Value);
            }

            json.WriteNumber("pid", 1);
            json.WriteNumber("tid", span.Lane + 1);
            json.WriteEndObject();
        }
    }
}
