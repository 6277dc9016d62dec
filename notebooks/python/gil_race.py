"""Threads add one to the same total. The lock guards Python's own objects; it does not guard this sum."""
from threading import Thread

import measured

total = 0


def add(times):
    global total
    for _ in range(times):
        before = total
        total = int(before) + 1  # another thread may have its turn between reading and writing


def work(threads=4, times=200_000):
    global total
    total = 0
    adders = [Thread(target=add, args=(times,)) for _ in range(threads)]
    for adder in adders:
        adder.start()
    for adder in adders:
        adder.join()
    return {"wanted": threads * times, "got": total}


if __name__ == "__main__":
    measured.main(work)
