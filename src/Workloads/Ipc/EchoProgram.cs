using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConcurrencyLab;

/// <summary>What runs in the process at the other end of an <see cref="EchoPeer"/>: it sends back every byte.</summary>
internal static class EchoProgram
{
    internal const string Verb = "echo", Pipe = "pipe", Socket = "socket", Mapped = "mapped";
    private const int Piece = 1 << 16;

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
                    Echo(channel);
                }

                return 0;
            default:
                Console.Error.WriteLine($"There is no way called '{way}' to send bytes.");
                return 2;
        }
    }

    private static void Echo(Stream from, Stream to)
    {
        var piece = new byte[Piece];
        try
        {
            for (int count; (count = from.Read(piece)) > 0;)
            {
                to.Write(piece, 0, count);
                to.Flush();
            }
        }
        catch (IOException)
        {
            // The parent is gone or has let go in the middle of something.
        }
    }

    private static void Echo(MappedChannel channel)
    {
        var chunk = new byte[MappedChannel.ChunkLength];
        try
        {
            for (int count; (count = channel.Read(chunk)) > 0;)
            {
                channel.Write(chunk.AsSpan(0, count));
            }
        }
        catch (IOException)
        {
            // As above.
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
