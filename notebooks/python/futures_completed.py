"""Futures of orders, some of which go wrong, in the order in which they are done."""
from concurrent.futures import ThreadPoolExecutor, as_completed

import measured
from orders import URL, order_cup


def work(url=URL, count=8):
    said = []
    with ThreadPoolExecutor(count) as pool:
        futures = {pool.submit(order_cup, url, order): order for order in range(1, count + 1)}
        for future in as_completed(futures):
            try:
                said.append(f"{futures[future]} {future.result()['drink']}")
            except OSError:
                said.append(f"{futures[future]} went wrong")
    return said


if __name__ == "__main__":
    measured.main(work)
