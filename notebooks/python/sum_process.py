"""The sum of many numbers, by a process that has been started before: the list is pickled, copied, unpickled."""
from functools import cache
from multiprocessing import Pool

import measured


@cache
def numbers(count):
    return list(range(count))


@cache
def pool():
    return Pool(1)


def work(count=500_000):
    return pool().apply(sum, (numbers(count),))


if __name__ == "__main__":
    measured.main(work)
