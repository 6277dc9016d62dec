"""Which numbers are prime? A thread for each number, which also notes when it ran and when it was kept waiting."""
from math import isqrt
from threading import Thread
from time import perf_counter

import measured

SLICE = 400  # divisors between two looks at the clock: some 20 microseconds of work
PAUSE = 0.001  # seconds between two looks that no slice takes: somebody else had the lock


def is_prime(number, lane):
    root = isqrt(number)
    turn = last = perf_counter()
    prime = True
    for first in range(3, root + 1, SLICE):
        for divisor in range(first, min(first + SLICE, root + 1), 2):
            if number % divisor == 0:
                prime = False
        now = perf_counter()
        if now - last > PAUSE:
            measured.span(lane, number, turn, last)
            measured.span(lane, number, last, now, "blocked")
            turn = now
        last = now
    measured.span(lane, number, turn, last)
    return prime


def work(numbers=(1000000000039, 1000000000061)):
    answers = [False] * len(numbers)

    def check(index):
        answers[index] = is_prime(numbers[index], f"thread {index + 1}")

    threads = [Thread(target=check, args=(index,)) for index in range(len(numbers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


if __name__ == "__main__":
    measured.main(work)
