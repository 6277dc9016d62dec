"""Orders at the coffee shop, by a pool of worker processes that each take the next one when they are free."""
import os
from functools import partial
from multiprocessing import Pool

import measured
from orders import URL, order_cup


def work(url=URL, count=20, workers=os.cpu_count()):
    with Pool(workers) as pool:
        return pool.map(partial(order_cup, url), range(1, count + 1), chunksize=1)


if __name__ == "__main__":
    measured.main(work)
