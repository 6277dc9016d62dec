using System.Globalization;

namespace ConcurrencyLab.Benchmarks.Peers;

/// <summary>A Go program of the benchmarks, built into a temporary folder.</summary>
internal sealed class GoProgram : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("benchmark-go-");

    private string File => Path.Combine(_folder.FullName, "program");

    /// <exception cref="InvalidOperationException">It does not compile; the message says why.</exception>
    internal static GoProgram Build(string go, string source)
    {
        var program = new GoProgram();
        var (code, said) = Tool.Say(go, ["build", "-o", program.File, Repository.At("tests", "Benchmarks", "go", source)],
            change: start => start.Environment["GOCACHE"] = Path.Combine(program._folder.FullName, "cache"));
        if (code == 0)
        {
            return program;
        }

        program.Dispose();
        throw new InvalidOperationException($"go build: {said}");
    }

    /// <summary>Runs it with these numbers; it prints one.</summary>
    internal double Run(params int[] arguments)
    {
        var (code, said) = Tool.Say(File, arguments.Select(argument => argument.ToString(CultureInfo.InvariantCulture)));
        return code == 0 ? double.Parse(said, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"{File}: {said}");
    }

    /// <summary>Removes it.</summary>
    public void Dispose() => _folder.Delete(recursive: true);
}
