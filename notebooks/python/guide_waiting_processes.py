"""Many orders at the coffee shop: a pool of worker processes, as many as cores."""
import os
from multiprocessing import Pool

import measured
from guide_shop import SHOP, order


def work(url=SHOP, orders=10, ms=25, workers=os.cpu_count()):
    with Pool(workers) as pool:
        return pool.starmap(order, [(url, number, ms) for number in range(1, orders + 1)], chunksize=1)


if __name__ == "__main__":
    measured.main(work)
