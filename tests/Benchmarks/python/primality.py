"""Which numbers are prime? One after the other, or with a pool of worker processes."""
from multiprocessing import Pool

import measured
from primes import is_prime

FIRST = 10_000_000_000_000
_numbers = []


def work(items=16, workers=0):
    if len(_numbers) != items:
        _numbers[:] = primes_after(FIRST, items)
    if workers == 0:
        return [int(is_prime(number)) for number in _numbers]
    with Pool(workers) as pool:
        return [int(prime) for prime in pool.map(is_prime, _numbers, chunksize=1)]


def primes_after(number, count):
    """The first primes above a number: the items, found before anything is measured, in the warm-up."""
    found = []
    while len(found) < count:
        number += 1
        if is_prime(number):
            found.append(number)
    return found


if __name__ == "__main__":
    measured.main(work)
