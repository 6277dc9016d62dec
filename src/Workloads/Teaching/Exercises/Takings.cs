namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 03, in Python: each till adds up in a process of its own, and the sums come back.</summary>
    public static PythonExercise Takings { get; } = new(
        "03-3",
        "takings",
        "A process writes to its own copy of `sums`, and the copy ends with it. Give each process one end of a pipe, ours, theirs = Pipe(), and let it send what it found: theirs.send(add_up(till)). Receive only once all have been started, or they come one after the other.",
        """
        #!python
        from multiprocessing import Pipe, Process


        def tell(till, add_up, home):
            home.send(add_up(till))


        def takings(tills, add_up):
            pipes = [Pipe() for _ in tills]
            processes = [Process(target=tell, args=(till, add_up, theirs)) for till, (_, theirs) in zip(tills, pipes)]
            for process in processes:
                process.start()
            sums = [ours.recv() for ours, _ in pipes]
            for process in processes:
                process.join()
            return sums

        #!csharp
        await Exercises.Takings.Check()
        """);
}
