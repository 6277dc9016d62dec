"""Threads ring up cups on the same till, one of them at a time."""
import time
from threading import Barrier, Lock, Thread

import measured


def work(cups=1000, workers=4):
    till = {"total": 0}
    opening = Barrier(workers)
    lock = Lock()

    def ring_up():
        opening.wait()  # all begin at the same moment
        for _ in range(cups // workers):
            with lock:
                before = till["total"]
                time.sleep(0)  # the other threads may run here, but none of them comes in
                till["total"] = before + 1

    baristas = [Thread(target=ring_up) for _ in range(workers)]
    for barista in baristas:
        barista.start()
    for barista in baristas:
        barista.join()
    return till["total"]


if __name__ == "__main__":
    measured.main(work)
