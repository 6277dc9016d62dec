namespace ConcurrencyLab;

public static partial class Exercises
{
    /// <summary>Chapter 06, in Python: a pool of processes writes bills, and the price list crosses to each worker at most once.</summary>
    public static PythonExercise Bills { get; } = new(
        "06-3",
        "bills",
        "A pool calls its initializer once in each worker, with initargs: ProcessPoolExecutor(workers, initializer=begin, initargs=(...)). Let begin keep the price list in a global variable of that worker. Or keep the cell as it is and give map a chunksize: the list then travels once with each parcel of orders.",
        """
        #!python
        from concurrent.futures import ProcessPoolExecutor


        def begin(prices, bill):
            global ours
            ours = prices, bill


        def bill_of(order):
            prices, bill = ours
            return bill(prices, order)


        def bills(orders, prices, bill, workers):
            with ProcessPoolExecutor(workers, initializer=begin, initargs=(prices, bill)) as pool:
                return list(pool.map(bill_of, orders))

        #!csharp
        await Exercises.Bills.Check()
        """);
}
