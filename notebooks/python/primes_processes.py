"""Which numbers are prime? A pool of worker processes, each taking the next number when it is free."""
import os
from multiprocessing import Pool

import measured
from primes import NUMBERS, is_prime


def work(numbers=NUMBERS, workers=os.cpu_count()):
    with Pool(workers) as pool:
        return pool.map(is_prime, numbers, chunksize=1)


if __name__ == "__main__":
    measured.main(work)
