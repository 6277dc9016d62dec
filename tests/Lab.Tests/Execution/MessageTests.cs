using System.Text;
using System.Text.Json.Nodes;
using ConcurrencyLab.Kernel.Output;
using ConcurrencyLab.Kernel.Pipes;

namespace ConcurrencyLab.Tests.Execution;

public class MessageTests
{
    [Fact]
    public async Task Every_kind_of_output_arrives_as_it_was_sent()
    {
        CellOutput[] sent =
        [
            new StreamOutput(true, "two\nlines\u001e"),
            new DisplayOutput(new JsonObject { ["text/plain"] = "1", ["application/json"] = new JsonObject { ["a"] = 1 } }, IsResult: true, "id", IsUpdate: true),
            new ClearOutput(Wait: true),
            new ErrorOutput("CompilationError", "message", ["a", "b"], 3, 5),
        ];

        var (received, stray) = await ReadAsync(Write([.. sent.Select(output => new Report.Shown(output))]), blockSize: 7);

        Assert.Equal(sent.Select(Describe), received.Cast<Report.Shown>().Select(shown => Describe(shown.Output)));
        Assert.Equal("", stray);
    }

    [Fact]
    public async Task Bytes_that_are_no_message_are_told_apart_even_in_the_middle_of_a_character()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("grüße "), .. Write(new Report.Ready()), .. Encoding.UTF8.GetBytes("von draußen\n"), .. Write(new Report.Ready())];

        var (received, stray) = await ReadAsync(bytes, blockSize: 1);

        Assert.Equal(2, received.Count);
        Assert.Equal("grüße von draußen\n", stray);
    }

    [Fact]
    public async Task A_forged_separator_loses_no_message()
    {
        byte[] bytes = [MessageWriter.Separator, .. "not JSON\n"u8, .. Write(new Report.Ready())];

        var (received, stray) = await ReadAsync(bytes, blockSize: 64);

        Assert.Single(received);
        Assert.Equal("not JSON", stray);
    }

    private static byte[] Write(params Report[] reports)
    {
        using var stream = new MemoryStream();
        var writer = new MessageWriter(stream);
        foreach (var report in reports) writer.Write(report);
        return stream.ToArray();
    }

    private static async Task<(List<Report> Received, string Stray)> ReadAsync(byte[] bytes, int blockSize)
    {
        var received = new List<Report>();
        var stray = new StringBuilder();
        await new MessageReader(new SlowStream(bytes, blockSize)).ReadToEndAsync<Report>(received.Add, text => stray.Append(text));
        return (received, stray.ToString());
    }

    private static string Describe(CellOutput output) => output switch
    {
        DisplayOutput display => $"{display.Data.ToJsonString()} {display.IsResult} {display.DisplayId} {display.IsUpdate}",
        ErrorOutput error => $"{error.Name} {error.Message} {string.Join('|', error.Traceback)} {error.Line} {error.Column}",
        _ => output.ToString(),
    };

    // A pipe hands out what has arrived, never what a reader would like.
    private sealed class SlowStream(byte[] bytes, int blockSize) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(blockSize, buffer.Length)], cancellationToken);
    }
}
