"""Order, then compute on what came: concurrent.futures, threads that order and processes that compute."""
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

import measured
from guide_shop import SHOP, order
from primes import NUMBERS, is_prime


def work(url=SHOP, ms=25, numbers=NUMBERS, workers=os.cpu_count()):
    with ProcessPoolExecutor(workers) as cores, ThreadPoolExecutor(max_workers=len(numbers)) as waiters:
        ordering = {waiters.submit(order, url, index + 1, ms): index for index in range(len(numbers))}
        checking = {}
        for cup in as_completed(ordering):
            index = ordering[cup]
            checking[index] = cores.submit(is_prime, numbers[index])
        return [checking[index].result() for index in range(len(numbers))]


if __name__ == "__main__":
    measured.main(work)
