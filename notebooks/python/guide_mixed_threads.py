"""Order a cup, then test a number for each: a thread each."""
from threading import Thread

import measured
from guide_mixed_sequential import order_and_test
from orders import URL
from primes import NUMBERS


def work(url=URL, numbers=NUMBERS):
    answers = [False] * len(numbers)

    def serve(order):
        answers[order - 1] = order_and_test(url, order, numbers[order - 1])

    threads = [Thread(target=serve, args=(order,)) for order in range(1, len(numbers) + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    measured.main(work)
