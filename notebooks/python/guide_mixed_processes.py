"""Order, then compute on what came: a pool of worker processes, as many as cores."""
import os
from multiprocessing import Pool

import measured
from guide_shop import SHOP
from guide_mixed_sequential import order_and_check
from primes import NUMBERS


def work(url=SHOP, ms=25, numbers=NUMBERS, workers=os.cpu_count()):
    with Pool(workers) as pool:
        return pool.starmap(order_and_check, [(url, number, ms, candidate) for number, candidate in enumerate(numbers, 1)], chunksize=1)


if __name__ == "__main__":
    measured.main(work)
