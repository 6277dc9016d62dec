using System.Runtime.InteropServices;

namespace ConcurrencyLab;

/// <summary>The child processes that the library starts of itself: <c>dotnet exec ConcurrencyLab.dll worker</c>, or <c>echo</c>.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        // A front end that interrupts a cell sends SIGINT to the whole process group; only the cell is meant.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => signal.Cancel = true);
        switch (arguments)
        {
            case [WorkerProgram.Verb]:
                return WorkerProgram.Serve();
            case [EchoProgram.Verb, var way, .. var rest]:
                return EchoProgram.Run(way, rest);
            default:
                Console.Error.WriteLine("ConcurrencyLab.dll is a library for notebooks: load it with #r. Its only programs are the child processes that it starts itself.");
                return 2;
        }
    }
}
