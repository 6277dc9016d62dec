"""Many orders at the coffee shop: concurrent.futures with a thread for each."""
from concurrent.futures import ThreadPoolExecutor

import measured
from guide_shop import SHOP, order


def work(url=SHOP, orders=10, ms=25):
    with ThreadPoolExecutor(max_workers=orders) as pool:
        return list(pool.map(lambda number: order(url, number, ms), range(1, orders + 1)))


if __name__ == "__main__":
    measured.main(work)
