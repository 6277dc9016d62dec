"""Many orders at the coffee shop: a thread for each."""
from threading import Thread

import measured
from guide_shop import SHOP, order


def work(url=SHOP, orders=10, ms=25):
    cups = [None] * orders

    def serve(index):
        cups[index] = order(url, index + 1, ms)

    threads = [Thread(target=serve, args=(index,)) for index in range(orders)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return cups


if __name__ == "__main__":
    measured.main(work)
