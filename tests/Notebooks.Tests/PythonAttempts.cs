namespace ConcurrencyLab.Tests;

/// <summary>What somebody writes for an exercise in Python, and what is to be said to it.</summary>
/// <param name="Exercise">Its name among the library's exercises.</param>
/// <param name="Name">What is special about this attempt.</param>
/// <param name="Says">Words of the message that helps, with <c>{cell}</c> for the cell's number; null when the attempt is right.</param>
/// <param name="Code">The Python.</param>
public sealed partial record PythonAttempt(string Exercise, string Name, string? Says, string Code)
{
    public string Title => $"{Exercise} {(Says is null ? "right" : "wrong")}: {Name}";

    public static IEnumerable<PythonAttempt> All => [.. CupsInOrder, .. Takings, .. Bills, .. BrewTogether, .. CupsOrNone, .. SharedPot];

    private static IEnumerable<PythonAttempt> CupsInOrder
    {
        get
        {
            yield return Right("a dictionary", """
                def cups_in_order(orders, serve):
                    from threading import Thread
                    cups = {}
                    threads = [Thread(target=lambda order=order: cups.update({order: serve(order)})) for order in orders]
                    for thread in threads: thread.start()
                    for thread in threads: thread.join()
                    return [cups[order] for order in orders]
                """);
            yield return Right("a pool as large as needed", """
                from concurrent.futures import ThreadPoolExecutor

                def cups_in_order(orders, serve):
                    with ThreadPoolExecutor(len(orders)) as pool:
                        return list(pool.map(serve, orders))
                """);
            yield return Right("a class of threads", """
                import threading

                class Barista(threading.Thread):
                    def __init__(self, order, serve):
                        super().__init__()
                        self.order, self.serve = order, serve
                    def run(self):
                        self.cup = self.serve(self.order)

                def cups_in_order(orders, serve):
                    baristas = [Barista(order, serve) for order in orders]
                    for barista in baristas: barista.start()
                    for barista in baristas: barista.join()
                    return tuple(barista.cup for barista in baristas)
                """);
            yield return Wrong("one after the other", "Never more than 1 of 4 orders", """
                def cups_in_order(orders, serve):
                    return [serve(order) for order in orders]
                """);
            yield return Wrong("two at a time", "Never more than 2 of 4 orders", """
                from concurrent.futures import ThreadPoolExecutor

                def cups_in_order(orders, serve):
                    with ThreadPoolExecutor(2) as pool:
                        return list(pool.map(serve, orders))
                """);
            yield return Wrong("as they are ready", "in the order in which they were ready", """
                from threading import Thread

                def cups_in_order(orders, serve):
                    cups = []
                    threads = [Thread(target=lambda order=order: cups.append(serve(order))) for order in orders]
                    for thread in threads: thread.start()
                    for thread in threads: thread.join()
                    return cups
                """);
            yield return Wrong("a lambda that looks later", "ristretto was served 4 times", """
                from threading import Thread

                def cups_in_order(orders, serve):
                    cups, threads = [], []
                    for order in orders:
                        threads.append(Thread(target=lambda: cups.append(serve(order))))
                    for thread in threads: thread.start()
                    for thread in threads: thread.join()
                    return cups
                """);
            yield return Wrong("no join", "It returned while 4 orders were still being served", """
                from threading import Thread

                def cups_in_order(orders, serve):
                    cups = [None] * len(orders)
                    def fill(place): cups[place] = serve(orders[place])
                    for place in range(len(orders)): Thread(target=fill, args=(place,)).start()
                    return cups
                """);
            yield return Wrong("nothing given back", "what a thread's function returns is lost", """
                from threading import Thread

                def cups_in_order(orders, serve):
                    threads = [Thread(target=serve, args=(order,)) for order in orders]
                    for thread in threads: thread.start()
                    for thread in threads: thread.join()
                """);
            yield return Wrong("an error", "ValueError: no milk ({cell}, line 3)", """
                def cups_in_order(orders, serve):
                    raise ValueError("no milk")
                """);
            yield return Wrong("too many arguments", "missing 1 required positional argument: 'count'", """
                def cups_in_order(orders, serve, count):
                    return []
                """);
            yield return Wrong("another name", "there is no function cups_in_order yet", """
                def in_order(orders, serve):
                    return []

                if "cups_in_order" in globals(): del cups_in_order
                """);
        }
    }

    private static PythonAttempt Right(string name, string code) => Right("CupsInOrder", name, code);

    private static PythonAttempt Wrong(string name, string says, string code) => Wrong("CupsInOrder", name, says, code);

    private static PythonAttempt Right(string exercise, string name, string code) => new(exercise, name, null, code);

    private static PythonAttempt Wrong(string exercise, string name, string says, string code) => new(exercise, name, says, code);
}
