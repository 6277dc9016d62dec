using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConcurrencyLab;

/// <summary>What runs in the process at the other end of an <see cref="EchoPeer"/>: it sends back every byte.</summary>
internal static class EchoProgram
{
    internal const string Verb = "echo", Pipe = "pipe", Socket = "socket", Mapped = "mapped";

    internal static int Run(string way, string[] rest)
    {
        switch (way, rest)
        {
            case (Pipe, []):
                Echo(Console.OpenStandardInput(), Console.OpenStandardOutput());
                return 0;
            case (Socket, [var port]):
                LeaveWithParent();
                using (var client = new TcpClient { NoDelay = true })
                {
                    client.Connect(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
                    Console.Out.WriteLine(((IPEndPoint)client.Client.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture));
                    Echo(client.GetStream(), client.GetStream());
                }

                return 0;
            case (Mapped, [var path]):
                using (var channel = new MappedChannel(path, isChild: true, Console.OpenStandardInput(), Console.OpenStandardOutput()))
                {
                    Echo(chunk => channel.Read(chunk), (chunk, count) => channel.Write(chunk.AsSpan(0, count)));
                }

                return 0;
            default:
                Console.Error.WriteLine($"There is no way called '{way}' to send bytes.");
                return 2;
        }
    }

    private static void Echo(Stream from, Stream to) => Echo(piece => from.Read(piece), (piece, count) =>
    {
        to.Write(piece, 0, count);
        to.Flush();
    });

    private static void Echo(Func<byte[], int> read, Action<byte[], int> write)
    {
        var piece = new byte[MappedChannel.ChunkLength];
        try
        {
            for (int count; (count = read(piece)) > 0;)
            {
                write(piece, count);
            }
        }
        catch (IOException)
        {
            // The parent is gone or has let go in the middle of something.
        }
    }

    /// <summary>Our input ends when the parent lets go or is gone, however it went.</summary>
    private static void LeaveWithParent() => new Thread(() =>
    {
        while (Console.In.Read() >= 0)
        {
        }

        Environment.Exit(0);
    })
    { IsBackground = true }.Start();
}
