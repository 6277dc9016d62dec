namespace ConcurrencyLab.Tests;

/// <summary>Attempts of chapter 06: a pool of processes, and how often the price list crosses.</summary>
public sealed partial record PythonAttempt
{
    private static IEnumerable<PythonAttempt> Bills
    {
        get
        {
            yield return Right("Bills", "many orders in one parcel", """
                from concurrent.futures import ProcessPoolExecutor
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with ProcessPoolExecutor(workers) as pool:
                        return list(pool.map(partial(bill, prices), orders, chunksize=len(orders) // workers))
                """);
            yield return Right("Bills", "parcels made by hand", """
                from multiprocessing import Pool

                def part(parcel, prices, bill):
                    return [bill(prices, order) for order in parcel]

                def bills(orders, prices, bill, workers):
                    size = -(-len(orders) // workers)
                    parcels = [(orders[first:first + size], prices, bill) for first in range(0, len(orders), size)]
                    with Pool(workers) as pool:
                        return [one for part_of in pool.starmap(part, parcels, chunksize=1) for one in part_of]
                """);
            yield return Right("Bills", "an initializer, spawned", """
                from multiprocessing import get_context

                def begin(list_of_prices, function):
                    global prices, bill
                    prices, bill = list_of_prices, function

                def bill_of(order):
                    return bill(prices, order)

                def bills(orders, prices, bill, workers):
                    with get_context("spawn").Pool(workers, begin, (prices, bill)) as pool:
                        return pool.map(bill_of, orders)
                """);
            yield return Right("Bills", "a global variable, which goes along", """
                from multiprocessing import Pool

                def bill_of(order):
                    return bill(prices, order)

                def bills(orders, price_list, function, workers):
                    global prices, bill
                    prices, bill = price_list, function
                    with Pool(workers) as pool:
                        return pool.map(bill_of, orders)
                """);
            yield return Wrong("Bills", "with every order", "crossed 240 times, to 3 workers", """
                from multiprocessing import Pool
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with Pool(workers) as pool:
                        return pool.map(partial(bill, prices), orders, chunksize=1)
                """);
            yield return Wrong("Bills", "the parcels that a pool makes by itself", "crossed 12 times, to 3 workers", """
                from multiprocessing import Pool
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with Pool(workers) as pool:
                        return pool.map(partial(bill, prices), orders)
                """);
            yield return Wrong("Bills", "no processes", "in this notebook's own process", """
                def bills(orders, prices, bill, workers):
                    return [bill(prices, order) for order in orders]
                """);
            yield return Wrong("Bills", "threads", "in this notebook's own process", """
                from concurrent.futures import ThreadPoolExecutor
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with ThreadPoolExecutor(workers) as pool:
                        return list(pool.map(partial(bill, prices), orders))
                """);
            yield return Wrong("Bills", "as they are ready", "stay in the orders' order", """
                from multiprocessing import Pool
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with Pool(workers) as pool:
                        return list(pool.imap_unordered(partial(bill, prices), orders[::-1], chunksize=len(orders) // workers))
                """);
            yield return Wrong("Bills", "an iterator", "give back a list with a bill for each", """
                from concurrent.futures import ProcessPoolExecutor
                from functools import partial

                def bills(orders, prices, bill, workers):
                    with ProcessPoolExecutor(workers) as pool:
                        return pool.map(partial(bill, prices), orders, chunksize=80)
                """);
        }
    }
}
