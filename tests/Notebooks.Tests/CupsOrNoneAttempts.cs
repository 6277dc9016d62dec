namespace ConcurrencyLab.Tests;

/// <summary>Attempts of chapter 08: futures, some of which hold an error.</summary>
public sealed partial record PythonAttempt
{
    private static IEnumerable<PythonAttempt> CupsOrNone
    {
        get
        {
            yield return Right("CupsOrNone", "a try around each result", """
                def cups_or_none(pool, orders, brew):
                    cups = []
                    for future in [pool.submit(brew, order) for order in orders]:
                        try:
                            cups.append(future.result())
                        except Exception:
                            cups.append(None)
                    return cups
                """);
            yield return Right("CupsOrNone", "a map of what catches", """
                def cups_or_none(pool, orders, brew):
                    def careful(order):
                        try:
                            return brew(order)
                        except Exception:
                            return None
                    return list(pool.map(careful, orders))
                """);
            yield return Right("CupsOrNone", "as they are done, each to its place", """
                from concurrent.futures import as_completed

                def cups_or_none(pool, orders, brew):
                    places = {pool.submit(brew, order): place for place, order in enumerate(orders)}
                    cups = [None] * len(orders)
                    for future in as_completed(places):
                        if not future.exception():
                            cups[places[future]] = future.result()
                    return tuple(cups)
                """);
            yield return Wrong("CupsOrNone", "one after the other", "Never more than 1 of 4", """
                def cups_or_none(pool, orders, brew):
                    cups = []
                    for order in orders:
                        future = pool.submit(brew, order)
                        cups.append(None if future.exception() else future.result())
                    return cups
                """);
            yield return Wrong("CupsOrNone", "without the pool", "on a thread that is none of the pool's", """
                from concurrent.futures import ThreadPoolExecutor

                def cups_or_none(pool, orders, brew):
                    with ThreadPoolExecutor(len(orders)) as own:
                        futures = [own.submit(brew, order) for order in orders]
                    return [None if future.exception() else future.result() for future in futures]
                """);
            yield return Wrong("CupsOrNone", "one kind of error only", "KeyError: 'no glass'", """
                def cups_or_none(pool, orders, brew):
                    cups = []
                    for future in [pool.submit(brew, order) for order in orders]:
                        try:
                            cups.append(future.result())
                        except OSError:
                            cups.append(None)
                    return cups
                """);
            yield return Wrong("CupsOrNone", "only the good ones", "2 entries for 4 orders", """
                def cups_or_none(pool, orders, brew):
                    futures = [pool.submit(brew, order) for order in orders]
                    return [future.result() for future in futures if not future.exception()]
                """);
            yield return Wrong("CupsOrNone", "the error in its place", "the error itself", """
                def cups_or_none(pool, orders, brew):
                    futures = [pool.submit(brew, order) for order in orders]
                    return [future.exception() or future.result() for future in futures]
                """);
            yield return Wrong("CupsOrNone", "the futures", "It returned futures", """
                from concurrent.futures import wait

                def cups_or_none(pool, orders, brew):
                    futures = [pool.submit(brew, order) for order in orders]
                    wait(futures)
                    return futures
                """);
            yield return Wrong("CupsOrNone", "the errors last", "in another order than the orders", """
                def cups_or_none(pool, orders, brew):
                    futures = [pool.submit(brew, order) for order in orders]
                    cups = [future.result() for future in futures if not future.exception()]
                    return cups + [None] * (len(orders) - len(cups))
                """);
            yield return Wrong("CupsOrNone", "a second try", "mocha was brewed 2 times", """
                def cups_or_none(pool, orders, brew):
                    futures = [pool.submit(brew, order) for order in orders]
                    again = [pool.submit(brew, order) if future.exception() else future for order, future in zip(orders, futures)]
                    return [None if future.exception() else future.result() for future in again]
                """);
        }
    }
}
