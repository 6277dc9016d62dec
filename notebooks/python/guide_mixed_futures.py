"""Order a cup, then test a number for each: a pool of threads that wait and a pool of processes that compute."""
import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor, as_completed

import measured
from orders import URL, order_cup
from primes import NUMBERS, is_prime


def work(url=URL, numbers=NUMBERS, workers=os.cpu_count()):
    with ProcessPoolExecutor(workers) as cores, ThreadPoolExecutor(len(numbers)) as threads:
        cores.submit(is_prime, 2)  # processes are started before threads: a fork copies only the thread that forks
        ordering = {threads.submit(order_cup, url, order): order for order in range(1, len(numbers) + 1)}
        testing = {}
        for cup in as_completed(ordering):
            order = ordering[cup]
            testing[order] = cores.submit(is_prime, numbers[order - 1])
        return [testing[order].result() for order in range(1, len(numbers) + 1)]


if __name__ == "__main__":
    measured.main(work)
