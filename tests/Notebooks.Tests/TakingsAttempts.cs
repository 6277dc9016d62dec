namespace ConcurrencyLab.Tests;

/// <summary>Attempts of chapter 03: each till in a process of its own, and the sums come home.</summary>
public sealed partial record PythonAttempt
{
    private static IEnumerable<PythonAttempt> Takings
    {
        get
        {
            yield return Right("Takings", "a queue, and the till beside its sum", """
                from multiprocessing import Process, Queue

                def count(till, add_up, sums):
                    sums.put((till, add_up(till)))

                def takings(tills, add_up):
                    sums = Queue()
                    processes = [Process(target=count, args=(till, add_up, sums)) for till in tills]
                    for process in processes: process.start()
                    found = dict(sums.get() for _ in tills)
                    for process in processes: process.join()
                    return [found[till] for till in tills]
                """);
            yield return Right("Takings", "a pool with a place for each", """
                from multiprocessing import Pool

                def takings(tills, add_up):
                    with Pool(len(tills)) as pool:
                        return pool.map(add_up, tills, chunksize=1)
                """);
            yield return Right("Takings", "shared memory", """
                from multiprocessing import Array, Process

                def count(till, add_up, sums, place):
                    sums[place] = add_up(till)

                def takings(tills, add_up):
                    sums = Array("q", len(tills))
                    processes = [Process(target=count, args=(till, add_up, sums, place)) for place, till in enumerate(tills)]
                    for process in processes: process.start()
                    for process in processes: process.join()
                    return list(sums)
                """);
            yield return Right("Takings", "a class of processes, spawned", """
                from multiprocessing import get_context

                spawned = get_context("spawn")

                class Till(spawned.Process):
                    def __init__(self, till, add_up):
                        super().__init__()
                        self.till, self.add_up = till, add_up
                        self.ours, self.theirs = spawned.Pipe()
                    def run(self):
                        self.theirs.send(self.add_up(self.till))

                def takings(tills, add_up):
                    processes = [Till(till, add_up) for till in tills]
                    for process in processes: process.start()
                    sums = [process.ours.recv() for process in processes]
                    for process in processes: process.join()
                    return sums
                """);
            yield return Wrong("Takings", "a global variable", "each process wrote into its own copy", """
                from multiprocessing import Process

                sums = {}

                def note(till, add_up):
                    sums[till] = add_up(till)

                def takings(tills, add_up):
                    processes = [Process(target=note, args=(till, add_up)) for till in tills]
                    for process in processes: process.start()
                    for process in processes: process.join()
                    return [sums.get(till) for till in tills]
                """);
            yield return Wrong("Takings", "threads", "in this notebook's own process", """
                from concurrent.futures import ThreadPoolExecutor

                def takings(tills, add_up):
                    with ThreadPoolExecutor(len(tills)) as pool:
                        return list(pool.map(add_up, tills))
                """);
            yield return Wrong("Takings", "one after the other", "Never more than 1 of 3 tills", """
                from multiprocessing import Pool

                def takings(tills, add_up):
                    sums = []
                    for till in tills:
                        with Pool(1) as pool:
                            sums.append(pool.apply(add_up, (till,)))
                    return sums
                """);
            yield return Wrong("Takings", "one process for all", "in 1 processes: each has one of its own", """
                from multiprocessing import Pool

                def takings(tills, add_up):
                    with Pool(1) as pool:
                        return pool.map(add_up, tills)
                """);
            yield return Wrong("Takings", "as they come", "in the order in which they came", """
                from multiprocessing import Process, Queue

                def count(till, add_up, sums):
                    sums.put(add_up(till))

                def takings(tills, add_up):
                    sums = Queue()
                    processes = [Process(target=count, args=(till, add_up, sums)) for till in tills]
                    for process in processes: process.start()
                    found = [sums.get() for _ in tills]
                    for process in processes: process.join()
                    return found
                """);
            yield return Wrong("Takings", "called instead of handed over", "in this notebook's own process", """
                from multiprocessing import Process

                def takings(tills, add_up):
                    processes = [Process(target=add_up(till)) for till in tills]
                    for process in processes: process.start()
                    for process in processes: process.join()
                """);
            yield return Wrong("Takings", "a lambda, spawned", "<lambda>", """
                from multiprocessing import get_context

                def takings(tills, add_up):
                    processes = [get_context("spawn").Process(target=lambda: add_up(till)) for till in tills]
                    for process in processes: process.start()
                    for process in processes: process.join()
                """);
        }
    }
}
