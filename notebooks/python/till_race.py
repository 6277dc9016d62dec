"""Threads ring up cups on the same till without agreeing on whose turn it is."""
import time
from threading import Barrier, Thread

import measured


def work(cups=1000, workers=4):
    till = {"total": 0}
    opening = Barrier(workers)

    def ring_up():
        opening.wait()  # all begin at the same moment
        for _ in range(cups // workers):
            before = till["total"]
            time.sleep(0)  # the other threads may run here, as they may anywhere
            till["total"] = before + 1

    baristas = [Thread(target=ring_up) for _ in range(workers)]
    for barista in baristas:
        barista.start()
    for barista in baristas:
        barista.join()
    return till["total"]


if __name__ == "__main__":
    measured.main(work)
