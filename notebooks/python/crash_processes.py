"""Order 13 ends the process that brews it. Who gets a cup?"""
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import measured


def brew(order):
    if order == 13:
        os._exit(1)
    return f"cup {order}"


def work(orders=(11, 12, 13, 14), workers=1):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(brew, order) for order in orders]
    return [served(future) for future in futures]


def served(future):
    try:
        return future.result()
    except BrokenProcessPool:
        return "BrokenProcessPool"


if __name__ == "__main__":
    measured.main(work)
