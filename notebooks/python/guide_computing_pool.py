"""Which numbers are prime? concurrent.futures with worker processes."""
import os
from concurrent.futures import ProcessPoolExecutor

import measured
from primes import NUMBERS, is_prime


def work(numbers=NUMBERS, workers=os.cpu_count()):
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(is_prime, numbers))


if __name__ == "__main__":
    measured.main(work)
