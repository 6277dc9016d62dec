using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ConcurrencyLab;

/// <summary>
/// Python's figures of the last saved run, one file a function or script in <c>notebooks/python/saved</c>: what a user without
/// a Python is shown, marked as saved. Written only by <c>lab run --save</c>.
/// </summary>
internal static class SavedFigures
{
    /// <summary>Set by the runner while it saves a book.</summary>
    internal const string Variable = "CONCURRENCYLAB_SAVE_PYTHON";

    private static readonly JsonSerializerOptions Format = new(Answers.Json) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private const int MostSpans = 100;
    private static readonly Lock Turn = new();

    /// <summary>The figures of one piece of work with one set of arguments.</summary>
    internal sealed record Entry(string Arguments, string AnyWorkers, string Python, [property: JsonPropertyName("origin")] SavedFrom SavedFrom, IReadOnlyList<PythonReply> Replies)
    {
        /// <summary>
        /// The replies with the one answer that was kept for all of them; that with the timeline first, since a quick look
        /// takes no other.
        /// </summary>
        internal IEnumerable<PythonReply> Answered()
        {
            var answer = Replies.Select(reply => reply.Answer).FirstOrDefault(answer => answer.ValueKind != JsonValueKind.Null, Replies[0].Answer);
            return Replies.OrderByDescending(reply => reply.Spans is not null).Select(reply => reply with { Answer = answer });
        }
    }

    /// <summary>The figures of the same work; null when none were saved.</summary>
    internal static Entry? Find(PythonWork work)
    {
        var all = Read(work);
        return all.Find(entry => entry.Arguments == work.Key()) ?? all.Find(entry => entry.AnyWorkers == work.Key(anyWorkers: true));
    }

    /// <summary>Keeps figures for users without a Python while the book is saved; else does nothing.</summary>
    internal static void Keep(PythonWork work, string python, IReadOnlyList<PythonReply> replies, bool isDefault)
    {
        if (Environment.GetEnvironmentVariable(Variable) != "1" || !isDefault || replies.Count == 0)
        {
            return;
        }

        var machine = Machine.Here;
        var date = DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var entry = new Entry(work.Key(), work.Key(anyWorkers: true), python, new SavedFrom(date, machine.Cores, machine.Processor), Slim(replies));
        lock (Turn)
        {
            var before = Read(work);
            if (before.Exists(other => other.Arguments == entry.Arguments && other.SavedFrom == entry.SavedFrom && other.Replies.Count > replies.Count))
            {
                // A comparison of the same day says more than a single answer.
                return;
            }

            var all = before.Where(other => other.Arguments != entry.Arguments).Append(entry).OrderBy(other => other.Arguments, StringComparer.Ordinal).ToList();
            var path = work.SavedFile;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AtomicFile.Write(path, JsonSerializer.Serialize(all, Format) + "\n");
        }
    }

    /// <summary>One answer is enough, they are all the same, and so is the timeline of the median repeat, if it is not too long.</summary>
    private static List<PythonReply> Slim(IReadOnlyList<PythonReply> replies)
    {
        var shown = replies.OrderBy(reply => reply.Wall).ElementAt(replies.Count / 2);
        var none = JsonSerializer.SerializeToElement<object?>(null);
        return [.. replies.Select(reply => reply with
        {
            Answer = ReferenceEquals(reply, shown) ? reply.Answer : none,
            Spans = ReferenceEquals(reply, shown) && reply.Spans?.Count <= MostSpans ? reply.Spans : null,
        })];
    }

    private static List<Entry> Read(PythonWork work)
    {
        try
        {
            return JsonSerializer.Deserialize<List<Entry>>(File.ReadAllText(work.SavedFile), Format) ?? [];
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
