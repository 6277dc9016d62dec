namespace ConcurrencyLab.Tests;

/// <summary>What cells define works in other processes, however those are started.</summary>
public class WorkerTests
{
    public static TheoryData<string> StartMethods => ["fork", "forkserver", "spawn"];

    [AllTierTheory, MemberData(nameof(StartMethods))]
    public void A_function_with_all_that_it_uses_is_sent_to_a_pool(string method)
    {
        using var notebook = new PythonNotebook();
        notebook.Value("import math, multiprocessing\nbase = 10\ndef helper(i):\n    return i + base");

        Assert.Equal("[30, 33, 36, 39]", notebook.Value($$"""
            factor = 3
            def work(i):
                return helper(i) * factor + math.floor(0.5)
            with multiprocessing.get_context("{{method}}").Pool(2) as pool:
                answers = pool.map(work, range(4))
            answers
            """));
    }

    [AllTierTheory, MemberData(nameof(StartMethods))]
    public void An_executor_of_an_earlier_cell_takes_functions_of_later_ones_and_the_newest_wins(string method)
    {
        using var notebook = new PythonNotebook();
        notebook.Value($"from concurrent.futures import ProcessPoolExecutor\nimport multiprocessing\nexecutor = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('{method}'))\ndef one(i):\n    return i");

        Assert.Equal("[0, 1]", notebook.Value("list(executor.map(one, range(2)))"));
        Assert.Equal("[0, 2]", notebook.Value("def late(i):\n    return 2 * i\nlist(executor.map(late, range(2)))"));
        Assert.Equal("[0, 3]", notebook.Value("earlier = late\ndef late(i):\n    return 3 * i\nlist(executor.map(late, range(2)))"));
        Assert.Equal("[0, 2]", notebook.Value("list(executor.map(earlier, range(2)))"));
        Assert.Equal("None", notebook.Value("executor.shutdown()\nrepr(None)")?.Trim('\''));
    }

    [AllTierTheory, MemberData(nameof(StartMethods))]
    public void Classes_cross_both_ways_and_are_the_same_there(string method)
    {
        using var notebook = new PythonNotebook();

        Assert.Equal("[(Cup(size=3), Order(number=1)), True, True]", notebook.Value($$"""
            import multiprocessing
            from collections import namedtuple
            from dataclasses import dataclass
            Order = namedtuple("Order", "number")
            @dataclass
            class Cup:
                size: int
            def fill(cup):
                return Cup(cup.size + 1), Order(1)
            with multiprocessing.get_context("{{method}}").Pool(1) as pool:
                cup, order = pool.apply(fill, [Cup(2)])
            [(cup, order), type(cup) is Cup, type(order) is Order]
            """));
    }

    [AllTierTheory, MemberData(nameof(StartMethods))]
    public void What_a_cell_does_is_not_done_again_in_a_worker_and_an_error_there_names_the_cell(string method)
    {
        using var notebook = new PythonNotebook();

        var cell = notebook.Run($$"""
            import multiprocessing
            print("once")
            def work(i):
                return 1 / i
            with multiprocessing.get_context("{{method}}").Pool(1) as pool:
                pool.map(work, [0])
            """);

        Assert.Equal("once\n", cell.Out.ToString());
        Assert.Equal(("ZeroDivisionError", 6), (cell.Failure!.Name, cell.Failure.Line));
        Assert.Contains(cell.Failure.Traceback, line => line == "  Cell 1, line 4, in work");
    }

    [AllTierFact]
    public void A_process_started_by_hand_gets_a_function_of_its_cell()
    {
        using var notebook = new PythonNotebook();

        Assert.Equal("'from there'", notebook.Value("""
            import multiprocessing
            context = multiprocessing.get_context("spawn")
            def put(queue):
                queue.put("from there")
            queue = context.Queue()
            process = context.Process(target=put, args=(queue,))
            process.start()
            word = queue.get()
            process.join()
            word
            """));
    }

    /// <summary>An interpreter within the process has a path of its own: it must find the cells, too.</summary>
    [AllTierFact]
    public void Another_interpreter_in_the_process_gets_functions_of_cells()
    {
        using var notebook = new PythonNotebook();

        var answer = notebook.Value("""
            import sys
            base = 40
            def work(i):
                return base + i
            if sys.version_info >= (3, 14):
                from concurrent.futures import InterpreterPoolExecutor
                with InterpreterPoolExecutor(1) as pool:
                    answer = list(pool.map(work, [2]))[0]
            elif sys.version_info >= (3, 12):
                import os, pickle
                try:
                    import _interpreters as interpreters
                except ImportError:
                    import _xxsubinterpreters as interpreters
                there, here = os.pipe()
                other = interpreters.create()
                interpreters.run_string(other, f"import os, pickle; os.write({here}, str(pickle.loads({pickle.dumps(work)!r})(2)).encode())")
                answer = int(os.read(there, 10))
            else:
                answer = work(2)
            answer
            """);

        Assert.Equal("42", answer);
    }
}
