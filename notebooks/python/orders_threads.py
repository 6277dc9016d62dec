"""Orders at the coffee shop, a thread for each."""
from threading import Thread

import measured
from orders import URL, order_cup


def work(url=URL, count=20):
    cups = [None] * count

    def serve(order):
        cups[order - 1] = order_cup(url, order)

    threads = [Thread(target=serve, args=(order,), name=f"thread {order}") for order in range(1, count + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return cups


if __name__ == "__main__":
    measured.main(work)
