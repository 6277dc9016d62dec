"""Order a cup, then test a number for each: a pool of worker processes, each doing both."""
import os
from multiprocessing import Pool

import measured
from guide_mixed_sequential import order_and_test
from orders import URL
from primes import NUMBERS


def work(url=URL, numbers=NUMBERS, workers=os.cpu_count()):
    with Pool(workers) as pool:
        jobs = [(url, order, number) for order, number in enumerate(numbers, 1)]
        return pool.starmap(order_and_test, jobs, chunksize=1)


if __name__ == "__main__":
    measured.main(work)
