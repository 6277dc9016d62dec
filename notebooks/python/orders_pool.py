"""Orders at the coffee shop, by a pool of threads that each take the next one when they are free."""
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import measured
from orders import URL, order_cup


def work(url=URL, count=20, workers=20):
    with ThreadPoolExecutor(workers, thread_name_prefix="thread") as pool:
        return list(pool.map(partial(order_cup, url), range(1, count + 1)))


if __name__ == "__main__":
    measured.main(work)
