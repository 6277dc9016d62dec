"""Is it prime? A new process with an interpreter of its own is started to say so, and ended."""
from multiprocessing import get_context

import measured
from primes import is_prime


def work(number=17):
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(is_prime, (number,))


if __name__ == "__main__":
    measured.main(work)
