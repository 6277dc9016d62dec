"""The sum of many numbers, by a thread that has been started before: it is handed the list itself."""
from functools import cache
from multiprocessing.pool import ThreadPool

import measured


@cache
def numbers(count):
    return list(range(count))


@cache
def pool():
    return ThreadPool(1)


def work(count=500_000):
    return pool().apply(sum, (numbers(count),))


if __name__ == "__main__":
    measured.main(work)
