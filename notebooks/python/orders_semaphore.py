"""Orders at the coffee shop, a thread for each, of which a few may be at the counter at a time."""
from threading import BoundedSemaphore, Thread

import measured
from orders import URL, order_cup


def work(url=URL, count=20, places=4):
    cups = [None] * count
    counter = BoundedSemaphore(places)

    def serve(order):
        with counter:
            cups[order - 1] = order_cup(url, order)

    threads = [Thread(target=serve, args=(order,), name=f"thread {order}") for order in range(1, count + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return cups


if __name__ == "__main__":
    measured.main(work)
