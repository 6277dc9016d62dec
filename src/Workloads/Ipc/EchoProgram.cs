using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ConcurrencyLab;

/// <summary>What runs in the process at the other end of a <see cref="EchoPeer"/>: it sends back every byte.</summary>
internal static class EchoProgram
{
    internal const string Verb = "talk", Pipe = "pipe", Socket = "socket", Mapped = "mapped";
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
                using (var end = new MappedEnd(MappedRings.Open(path), serves: true, Console.OpenStandardInput(), Console.OpenStandardOutput()))
                {
                    Echo(end);
                }

                return 0;
            default:
                Console.Error.WriteLine($"Nobody talks by {way}.");
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

    private static void Echo(MappedEnd end)
    {
        var piece = new byte[Piece];
        for (int count = 0, sent = 0; ;)
        {
            if (sent == count) (sent, count) = (0, end.Read(piece));
            var moved = sent < count ? end.Write(piece.AsSpan(sent, count - sent)) : 0;
            sent += moved;
            // The parent let go or is gone when nobody can wake us any more.
            if (moved == 0 && !end.Rest()) return;
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
