"""Order, then compute on what came: a thread for each."""
from threading import Thread

import measured
from guide_shop import SHOP
from guide_mixed_sequential import order_and_check
from primes import NUMBERS


def work(url=SHOP, ms=25, numbers=NUMBERS):
    answers = [False] * len(numbers)

    def serve(index):
        answers[index] = order_and_check(url, index + 1, ms, numbers[index])

    threads = [Thread(target=serve, args=(index,)) for index in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    measured.main(work)
