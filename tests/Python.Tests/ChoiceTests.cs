using ConcurrencyLab.Common;

namespace ConcurrencyLab.Tests;

/// <summary>Which Python a cell runs in, and what is said when there is none.</summary>
public class ChoiceTests
{
    [Fact]
    public void An_unknown_interpreter_is_answered_in_a_line_with_those_that_were_found()
    {
        using var notebook = new PythonNotebook { Interpreter = "python3.99" };

        var failure = notebook.Fail("1");

        Assert.Equal("PythonMissing", failure.Name);
        Assert.Matches(@"^There is no Python python3\.99 here that could run cells\. (Found: .+ \(3\.\d+[^)]*\)\.|None was found\.)$", failure.Message);
    }

    [Fact]
    public void A_program_that_is_no_Python_is_answered_with_what_it_said()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script stands in for the program");
        using var notebook = new PythonNotebook { Interpreter = "./fake" };
        var fake = Path.Combine(notebook.Folder, "fake");
        File.WriteAllText(fake, "#!/bin/sh\necho 'Fatal: no such thing' >&2\nexit 1\n");
        File.SetUnixFileMode(fake, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var message = notebook.Fail("1").Message;

        Assert.StartsWith($"There is no Python ./fake here that could run cells ({fake} does not start: Fatal: no such thing). ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Python_that_is_too_old_is_answered_with_its_version()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell script stands in for the program");
        using var notebook = new PythonNotebook { Interpreter = "./old" };
        var old = Path.Combine(notebook.Folder, "old");
        File.WriteAllText(old, "#!/bin/sh\necho '{\"refused\": \"is Python 3.8; cells need 3.9 or newer\"}'\n");
        File.SetUnixFileMode(old, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Contains($"({old} is Python 3.8; cells need 3.9 or newer)", notebook.Fail("1").Message, StringComparison.Ordinal);
    }

    [AllTierFact]
    public void A_virtual_environment_beside_the_notebook_is_taken()
    {
        using var notebook = new PythonNotebook();
        using var made = System.Diagnostics.Process.Start("python3", ["-m", "venv", "--without-pip", Path.Combine(notebook.Folder, ".venv")]);
        made.WaitForExit();

        Assert.Equal($"'{Path.Combine(notebook.Folder, ".venv")}'", notebook.Value("import sys\nsys.prefix"));
    }

    /// <summary>What works in the newest must work in the oldest: one pass through all that cells rest on, in each Python of this machine.</summary>
    [AllTierFact]
    public void Every_Python_of_this_machine_runs_cells_and_sends_their_functions()
    {
        foreach (var program in PythonPrograms.Versions().Where(RunsCells))
        {
            using var notebook = new PythonNotebook { Interpreter = program };

            Assert.Equal("[2, 4]", notebook.Value("""
                import asyncio, multiprocessing
                def double(i):
                    return 2 * i
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    doubled = pool.map(double, [1, 2])
                await asyncio.sleep(0, doubled)
                """));
            Assert.Equal("KeyboardInterrupt", notebook.Fail("import time\nprint('begun')\ntime.sleep(1000)", interruptAt: "begun").Name);
            Assert.Equal("[2, 4]", notebook.Value("doubled"));
            Assert.Contains("  Cell 4, line 2, in <module>", notebook.Fail("\n1 / 0").Traceback);
        }
    }

    // Where pyenv keeps a name for a version that is not chosen, there is a program that only says so.
    private static bool RunsCells(string program)
    {
        using var notebook = new PythonNotebook { Interpreter = program };
        return notebook.Run("1").Failure is null;
    }
}
