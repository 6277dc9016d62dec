"""Two threads take turns, each waking the other: what does a switch cost?"""
from threading import Lock, Thread

import measured


def work(switches=10_000):
    turns = 0

    def player(mine, others):
        nonlocal turns
        for _ in range(switches // 2):
            mine.acquire()
            turns += 1
            others.release()  # the other one's turn

    one, other = Lock(), Lock()
    other.acquire()
    players = [Thread(target=player, args=(one, other)), Thread(target=player, args=(other, one))]
    for thread in players:
        thread.start()
    for thread in players:
        thread.join()
    return turns


if __name__ == "__main__":
    measured.main(work)
