"""Futures of orders that are cancelled when the first is done: those that have begun can no longer be."""
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

import measured
from orders import URL, order_cup


def work(url=URL, count=12, workers=3):
    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(order_cup, url, order) for order in range(1, count + 1)]
        wait(futures, return_when=FIRST_COMPLETED)
        for future in futures:
            future.cancel()
    return sum(future.cancelled() for future in futures)


if __name__ == "__main__":
    measured.main(work)
