using System.Diagnostics;

namespace ConcurrencyLab.Tests;

/// <summary>The stop button, and what Python cells do to their own process.</summary>
public class StopTests
{
    private const string Gone = "its variables are gone. The next Python cell starts a new one.";

    [AllTierTheory]
    [InlineData("import time\ntime.sleep(1000)")]
    [InlineData("while True:\n    pass")]
    [InlineData("import threading\nlock = threading.Lock()\nlock.acquire()\nlock.acquire()")]
    [InlineData("import asyncio\nawait asyncio.sleep(1000)")]
    [InlineData("import asyncio\nasync def block():\n    import time\n    time.sleep(1000)\nawait block()")]
    [InlineData("import subprocess\nsubprocess.run(['sleep', '1000'])")]
    [InlineData("import time\nfrom concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(1) as pool:\n    pool.submit(time.sleep, 1000).result()")]
    public void An_interrupt_is_heard_and_variables_stay(string code)
    {
        using var notebook = new PythonNotebook();
        notebook.Value("x = 42");

        var failure = notebook.Fail("print('begun')\n" + code, interruptAt: "begun");

        Assert.Equal(("KeyboardInterrupt", "The cell was interrupted; Python's variables keep their values."), (failure.Name, failure.Message));
        Assert.Equal("42", notebook.Value("x"));
    }

    [AllTierTheory]
    // Each says that it has begun once it no longer hears: in C code nothing of Python runs, so a child says it.
    [InlineData("import subprocess\nsubprocess.Popen(['sh', '-c', 'sleep 0.5; echo begun'])\nsum(range(10**12))")]
    [InlineData("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('begun')\nwhile True:\n    pass")]
    [InlineData("import time\nwhile True:\n    try:\n        print('begun')\n        time.sleep(1000)\n    except KeyboardInterrupt:\n        pass")]
    public void An_interpreter_that_does_not_hear_is_ended_and_the_next_cell_has_a_new_one(string code)
    {
        using var notebook = new PythonNotebook();
        notebook.Value("x = 42");

        var failure = notebook.Fail(code, interruptAt: "begun");

        Assert.Equal(("PythonEnded", $"Python did not hear the interrupt within a second and was ended; {Gone}"), (failure.Name, failure.Message));
        Assert.Equal("False", notebook.Value("'x' in globals()"));
    }

    [AllTierTheory]
    [InlineData("import os\nos._exit(7)", "Python ended itself with exit code 7")]
    [InlineData("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)", "Python was ended by signal 11")]
    [InlineData("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(1000)", "The process that watches over Python was ended, and Python with it")]
    public void An_end_of_Python_is_told_and_the_next_cell_has_a_new_one(string code, string said)
    {
        using var notebook = new PythonNotebook();
        var process = notebook.Value("import os\nos.getpid()");

        Assert.Equal($"{said}; {Gone}", notebook.Fail(code).Message);

        Assert.NotEqual(process, notebook.Value("import os\nos.getpid()"));
    }

    [AllTierFact]
    public void An_exit_is_told_and_Python_goes_on()
    {
        using var notebook = new PythonNotebook();

        Assert.Equal("the cell asked Python to exit (3); Python goes on, and its variables stay", notebook.Fail("x = 1\nimport sys\nsys.exit(3)").Message);
        Assert.Equal("1", notebook.Value("x"));
    }

    [AllTierFact]
    public void A_closed_standard_output_is_open_again_in_the_next_cell_which_says_so()
    {
        using var notebook = new PythonNotebook();

        foreach (var closing in new[] { "import os\nos.close(1)", "import sys\nsys.stdout.close()" })
        {
            Assert.Null(notebook.Run(closing).Failure);
            var next = notebook.Run("print('again')");
            Assert.Equal(("again\n", "[an earlier cell closed its standard output; it is open again]\n"), (next.Out.ToString(), next.Errors.ToString()));
        }
    }

    [AllTierFact]
    public void A_changed_working_folder_is_told()
    {
        using var notebook = new PythonNotebook();

        Assert.Equal("[this cell changed the working folder: it is / now]\n", notebook.Run("import os\nos.chdir('/')").Errors.ToString());
        Assert.Equal("'/'", notebook.Value("os.getcwd()"));
    }

    [AllTierFact]
    public void A_forked_child_that_comes_to_the_cells_end_ends_there()
    {
        using var notebook = new PythonNotebook();

        var cell = notebook.Run("import os\nchild = os.fork()\nif child:\n    os.waitpid(child, 0)\nelse:\n    print('child')");

        Assert.Null(cell.Failure);
        Assert.Equal("child\n", cell.Out.ToString());
        Assert.Equal("2", notebook.Value("1 + 1"));
    }

    [AllTierFact]
    public void A_million_lines_all_arrive()
    {
        using var notebook = new PythonNotebook();

        var cell = notebook.Run("for i in range(1_000_000):\n    print(i)");

        Assert.Null(cell.Failure);
        Assert.Equal(6_888_890, cell.Out.Length);
        Assert.EndsWith("\n999999\n", cell.Out.ToString(), StringComparison.Ordinal);
    }

    [AllTierTheory]
    [InlineData("subprocess.Popen(['sleep', '1000'])")]
    [InlineData("subprocess.Popen(['sleep', '1000'], start_new_session=True)")]
    [InlineData("subprocess.Popen(['sh', '-c', 'sleep 1000 & echo $!'], start_new_session=True, stdout=subprocess.PIPE)")]
    [InlineData("(pool := multiprocessing.get_context('spawn').Pool(1))._pool[0]")]
    public void Children_end_with_the_notebook(string start)
    {
        int id;
        using (var notebook = new PythonNotebook())
        {
            id = int.Parse(notebook.Value($"import multiprocessing, subprocess\nchild = {start}\nint(child.stdout.readline()) if getattr(child, 'stdout', None) else child.pid")!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(IsAlive(id));
        }

        Assert.False(IsAlive(id));
    }

    [AllTierFact]
    public void Children_end_with_an_interpreter_that_ends()
    {
        using var notebook = new PythonNotebook();
        var id = int.Parse(notebook.Value("import subprocess\nsubprocess.Popen(['sleep', '1000'], start_new_session=True).pid")!, System.Globalization.CultureInfo.InvariantCulture);

        notebook.Fail("import os\nos._exit(1)");

        Assert.False(IsAlive(id));
    }

    [AllTierFact]
    public void Nothing_is_left_in_the_temporary_folder()
    {
        string folder;
        using (var notebook = new PythonNotebook())
        {
            folder = notebook.Value("import sys\nnext(path for path in sys.path if 'lab-python-' in path)")!.Trim('\'');
            Assert.True(Directory.Exists(folder));
        }

        Assert.False(Directory.Exists(folder));
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
