"""Which numbers are prime? An executor with a pool of threads."""
import os
from concurrent.futures import ThreadPoolExecutor

import measured
from primes import NUMBERS, is_prime


def work(numbers=NUMBERS, workers=os.cpu_count()):
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(is_prime, numbers))


if __name__ == "__main__":
    measured.main(work)
