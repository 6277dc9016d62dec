namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 05, in Python: a thread for each order, and the cups in the order of the orders.</summary>
    public static PythonExercise CupsInOrder { get; } = new(
        "05-3",
        "cups_in_order",
        "Whoever joins a thread before starting the next has one thread at a time: start all of them in one loop, join them in another. They end in any order, so make the list first, cups = [None] * len(orders), and let each thread write to its own place.",
        """
        #!python
        from threading import Thread


        def cups_in_order(orders, serve):
            cups = [None] * len(orders)

            def fill(place):
                cups[place] = serve(orders[place])

            threads = [Thread(target=fill, args=(place,)) for place in range(len(orders))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return cups

        #!csharp
        await Exercises.CupsInOrder.Check()
        """);
}
